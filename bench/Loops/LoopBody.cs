namespace GraphWeaver.Benchmarks.Loops;

/// <summary>A hand-written loop over items from <paramref name="start"/> to before <paramref name="end"/>, into <paramref name="results"/>.</summary>
internal delegate void LoopBody<T>(T[][] results, int start, int end);
