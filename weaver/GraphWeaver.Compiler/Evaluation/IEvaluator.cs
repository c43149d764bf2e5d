namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// Runs slices of the user's code in the build, out of process, and hands back what they made as numbered handles.
/// No process is started before the first <see cref="Execute"/>. Calls come from one thread at a time.
/// </summary>
public interface IEvaluator : IDisposable
{
    /// <summary>Why nothing can be executed (GW1008), or null while it can.</summary>
    string? Unavailable { get; }

    /// <summary>Forgets every handle and starts the next method with fresh statics. Handles begin at 0 again.</summary>
    void BeginMethod();

    /// <summary>
    /// Runs one slice. When the outcome is not <see cref="Outcome.Completed"/>, the slice has not happened: handles, statics
    /// and the objects behind the handles are again as the completed slices left them.
    /// </summary>
    /// <exception cref="OperationCanceledException">The build was cancelled; the workers are gone.</exception>
    SliceResult Execute(Slice slice);

    /// <summary>
    /// The present contents of objects made earlier (a later slice may have mutated them), described so that they can be stored. The outputs keep their handles;
    /// they agree in both workers, else the outcome is <see cref="Outcome.Differed"/>.
    /// </summary>
    SliceResult Read(IReadOnlyList<int> handles);
}
