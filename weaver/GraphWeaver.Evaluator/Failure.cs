using System.Security;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Tells what user code threw from what the loader threw: a missing or mismatched library is the build's trouble, and must
/// never be taken for the program's own exception.
/// </summary>
internal static class Failure
{
    public static ReplyStatus Status(Exception exception) => exception switch
    {
        OutOfMemoryException => ReplyStatus.OutOfMemory,
        TypeLoadException or MissingMemberException or MemberAccessException or InvalidProgramException
            or BadImageFormatException or FileLoadException or VerificationException => ReplyStatus.Missing,
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) => ReplyStatus.Missing,
        TypeInitializationException { InnerException: { } inner } when Status(inner) is not ReplyStatus.Threw => Status(inner),
        _ => ReplyStatus.Threw,
    };

    /// <summary>The exception's message; the getter is user code and may throw itself.</summary>
    public static string Message(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception second)
        {
            return $"(its message threw {second.GetType().FullName})";
        }
    }
}
