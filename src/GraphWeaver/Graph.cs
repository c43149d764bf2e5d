namespace GraphWeaver;

/// <summary>
/// What a graph method can ask of the weaver inside its body. Each member also works unwoven, where it calls its delegate.
/// </summary>
public static class Graph
{
    /// <summary>Evaluates <paramref name="f"/> as ordinary .NET at run time: a requested fallback, without a warning.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="f">The expression.</param>
    /// <returns>What <paramref name="f"/> returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    public static T Eager<T>(Func<T> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f();
    }

    /// <summary>Runs <paramref name="f"/> as ordinary .NET at run time: a requested fallback, without a warning.</summary>
    /// <param name="f">The statements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    public static void Eager(Action f)
    {
        ArgumentNullException.ThrowIfNull(f);
        f();
    }

    /// <summary>
    /// Evaluates <paramref name="f"/> once, in the build, and stores the value in the assembly: a file, a clock, a seed.
    /// A call that cannot be executed in the build is error GW2003. Unwoven, every call evaluates <paramref name="f"/>.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="f">The expression; it may use constants only.</param>
    /// <param name="inputs">Constant paths, relative to the project, of files that the value depends on; they become build inputs.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    public static T AtBuild<T>(Func<T> f, params string[] inputs)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f();
    }
}
