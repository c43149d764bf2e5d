using System.Reflection;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Settings applied to a library when it is loaded, so that its results do not depend on the machine: static methods
/// without parameters, called by reflection.
/// </summary>
internal static class LibrarySettings
{
    private static readonly (string Assembly, string Type, string Method)[] Table =
    [
        ("MathNet.Numerics", "MathNet.Numerics.Control", "UseSingleThread"),
        ("MathNet.Numerics", "MathNet.Numerics.Control", "UseManaged"),
    ];

    public static void Apply(Assembly loaded, string simpleName)
    {
        foreach (var (assembly, type, method) in Table)
        {
            if (assembly == simpleName)
            {
                loaded.GetType(type)?.GetMethod(method, Type.EmptyTypes)?.Invoke(null, null);
            }
        }
    }
}
