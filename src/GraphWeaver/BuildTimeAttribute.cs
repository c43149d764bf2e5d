namespace GraphWeaver;

/// <summary>
/// The author vouches that the marked code is pure, so that the build may execute it on constants: no clock, randomness, environment,
/// input, output or static state. On an assembly it names a type or an assembly that the author cannot mark.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class BuildTimeAttribute : Attribute
{
    /// <summary>Vouches for the method or type that carries the attribute.</summary>
    public BuildTimeAttribute()
    {
    }

    /// <summary>Vouches for <paramref name="type"/>.</summary>
    /// <param name="type">A type of any assembly.</param>
    public BuildTimeAttribute(Type type) => Type = type;

    /// <summary>Vouches for every type of an assembly.</summary>
    /// <param name="assemblyName">The simple name of the assembly.</param>
    public BuildTimeAttribute(string assemblyName) => AssemblyName = assemblyName;

    /// <summary>The type vouched for, or null.</summary>
    public Type? Type { get; }

    /// <summary>The simple name of the assembly vouched for, or null.</summary>
    public string? AssemblyName { get; }
}
