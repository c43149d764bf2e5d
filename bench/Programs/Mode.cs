namespace GraphWeaver.Benchmarks.Programs;

/// <summary>The one difference between the two assemblies that these files are compiled into.</summary>
internal static class Mode
{
#if FASTMATH
    internal const bool FastMath = true;
#else
    internal const bool FastMath = false;
#endif
}
