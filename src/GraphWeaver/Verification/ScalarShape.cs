namespace GraphWeaver.Verification;

/// <summary>A value without parts.</summary>
internal sealed class ScalarShape<T> : Shape<T>
{
    internal override Copy<T> Copy(T value, Recording recording)
    {
        recording.Measure(new ReadOnlySpan<T>(in value));
        return new ScalarCopy(value);
    }

    private sealed class ScalarCopy(T value) : Copy<T>
    {
        internal override T Restore() => value;

        internal override void Compare(T actual, Comparison comparison)
        {
            if (!comparison.Tolerance.Accepts(value, actual))
            {
                comparison.Fail([], value, actual);
            }
        }
    }
}
