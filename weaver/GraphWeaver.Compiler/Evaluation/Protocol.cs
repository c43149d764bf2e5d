namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// The first byte of each frame between engine and worker. A frame is an <see cref="int"/> length and that many bytes;
/// text is a count of UTF-16 units and the units, so that lone surrogates survive. This file is compiled into both.
/// </summary>
internal enum Request : byte
{
    /// <summary>Settings and paths; answered by <see cref="Reply.Ready"/>.</summary>
    Start,

    /// <summary>Fresh statics and an empty handle table; not answered.</summary>
    Reset,

    /// <summary>Run a slice; answered by <see cref="Reply.Result"/>.</summary>
    Execute,

    /// <summary>Describe handles again; answered by <see cref="Reply.Result"/>.</summary>
    Read,

    /// <summary>Run a slice nobody compares, in a given directory; answered by <see cref="Reply.Result"/>.</summary>
    Vouch,

    /// <summary>Pack the values from a handle on; answered by <see cref="Reply.Packed"/>.</summary>
    Pack,

    /// <summary>Add packed values to the table; not answered.</summary>
    Unpack,

    /// <summary>Which step is running? Answered by <see cref="Reply.Progress"/> at once, even while a slice runs.</summary>
    Progress,
}

/// <summary>The first byte of a worker's frame.</summary>
internal enum Reply : byte
{
    Ready,
    Result,
    Progress,

    /// <summary>A count, and as many values: a length and that many bytes, or -1 for a value that cannot leave its process.</summary>
    Packed,

    /// <summary>The process is ending by user code's will: progress and a reason.</summary>
    Exiting,
}

/// <summary>How a slice ended, as one worker sees it.</summary>
internal enum ReplyStatus : byte
{
    Completed,
    Threw,
    OutOfMemory,

    /// <summary>Something the slice needs cannot be loaded or is not accessible.</summary>
    Missing,
}
