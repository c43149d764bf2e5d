namespace GraphWeaver.DifferentialTests.Verification;

/// <summary>Verify mode as long as it is in use; for tests that run alone.</summary>
internal sealed class VerifyMode : IDisposable
{
    public VerifyMode() => GraphMode.Current = ExecutionMode.Verify;

    public void Dispose() => GraphMode.Current = ExecutionMode.Graph;
}
