using System.ComponentModel;
using System.Runtime.ExceptionServices;

namespace GraphWeaver.Verification;

/// <summary>
/// One call of a woven method in <see cref="ExecutionMode.Verify"/>. What the weaver emits around it: keep what both bodies may
/// write, run the original body, note what it did, put back, run the woven body, compare. Meanwhile <c>[Graph]</c> methods called on this thread run
/// their original bodies.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VerifiedCall
{
    [ThreadStatic]
    private static Stage stage;

    private readonly string method;
    private readonly Tolerance tolerance;
    private readonly Recording before = new();
    private Recording? original;
    private Recording? woven;
    private Exception? originalFailure;
    private Exception? wovenFailure;

    /// <summary>Begins a call.</summary>
    /// <param name="method">The method, as differences name it.</param>
    /// <param name="ulps">The sum of the errors of its inexact operators; see docs/verify.md.</param>
    /// <param name="reductions">How many floating-point reductions it has.</param>
    /// <param name="isSingle">Whether one of either works on <see cref="float"/>.</param>
    public VerifiedCall(string method, double ulps, int reductions, bool isSingle)
    {
        this.method = method;
        tolerance = new Tolerance(ulps, reductions, isSingle, before.Magnitudes);
        stage = Stage.Inside;
    }

    private enum Stage
    {
        Outside,
        Inside,
        EntersWoven,
    }

    internal bool HasOriginalFailed => originalFailure is not null;

    /// <summary>Whether this thread is within a verified call.</summary>
    internal static bool IsInside => stage != Stage.Outside;

    /// <summary>Says that the original body threw.</summary>
    public void OriginalFailed(Exception exception) => originalFailure = exception;

    /// <summary>Says that the woven body threw.</summary>
    public void WovenFailed(Exception exception) => wovenFailure = exception;

    /// <summary>Lets the next woven method entered on this thread, which is the one verified, run its woven body.</summary>
    public void EnterWoven() => stage = Stage.EntersWoven;

    /// <summary>Compares how the bodies ended.</summary>
    /// <exception cref="GraphVerificationException">One threw and the other did not, or they threw exceptions of other types or messages.</exception>
    public void CompareFailures()
    {
        string expected = Describe(originalFailure);
        string actual = Describe(wovenFailure);
        if (expected != actual)
        {
            throw new GraphVerificationException(method, "exception", [], expected, actual, 0);
        }
    }

    /// <summary>Throws what both bodies threw.</summary>
    public void Rethrow()
    {
        if (wovenFailure is not null)
        {
            ExceptionDispatchInfo.Throw(wovenFailure);
        }
    }

    /// <summary>Ends this thread's call, however it ended.</summary>
    public static void End() => stage = Stage.Outside;

    /// <summary>Whether the method entered now is the one verified, at its second run; asked once.</summary>
    internal static bool TakesEntry()
    {
        bool takes = stage == Stage.EntersWoven;
        if (takes)
        {
            stage = Stage.Inside;
        }

        return takes;
    }

    internal Recording Before(string value) => At(before, value);

    internal Recording AfterOriginal(string value) => At(original ??= before.Fork(), value);

    internal Comparison Compare(string value) => new(method, value, tolerance, original ??= before.Fork(), woven ??= before.Fork());

    private static Recording At(Recording recording, string value)
    {
        recording.Value = value;
        return recording;
    }

    private static string Describe(Exception? exception) => exception is null ? "no exception"
        : $"{exception.GetType()}: {exception.Message}" + (exception.InnerException is { } inner ? " <- " + Describe(inner) : "");
}
