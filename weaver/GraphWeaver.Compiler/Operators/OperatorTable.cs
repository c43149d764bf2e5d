using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The closed table of tensor operators that kernels are made of, and the way from a called method to its row. A method is found by
/// declaring type, assembly, generic arguments and exact parameter shape, so that nothing of the user's with the same name ever matches;
/// what is not found stays ordinary .NET.
/// </summary>
public static class OperatorTable
{
    public const string TensorType = "System.Numerics.Tensors.Tensor";
    public const string TensorAssembly = "System.Numerics.Tensors";
    public const string RuntimeType = "GraphWeaver.TensorMath";
    public const string RuntimeAssembly = "GraphWeaver";

    private static readonly ILookup<string, OperatorRow> rowsByMember = OperatorRows.All
        .SelectMany(row => row.Members.Select(member => (row, member)))
        .ToLookup(pair => pair.member, pair => pair.row, StringComparer.Ordinal);

    private static readonly Dictionary<string, OperatorRow> rowsByName = OperatorRows.All.ToDictionary(row =>
        row.Name, StringComparer.Ordinal);

    /// <summary>Every row, in the documentation's order.</summary>
    public static IReadOnlyList<OperatorRow> Rows => OperatorRows.All;

    /// <summary>The row of a name.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such row.</exception>
    public static OperatorRow Row(string name) => rowsByName[name];

    /// <summary>The operator a call means, or null when it is none of the table's.</summary>
    public static OperatorMatch? Find(MethodReference method)
    {
        foreach (OperatorRow row in rowsByMember[method.Name])
        {
            if (method.DeclaringType.FullName == row.DeclaringType && AssemblyOf(method.DeclaringType) == row.Assembly
                && SignatureMatcher.Match(row, method) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    /// <summary>Whether a method is one of the package's <c>Tensor</c>.</summary>
    public static bool IsOfTensor(MethodReference method) =>
        method.DeclaringType.FullName == TensorType && AssemblyOf(method.DeclaringType) == TensorAssembly;

    /// <summary>The simple name of the assembly a type is taken from; empty where it is not known.</summary>
    internal static string AssemblyOf(TypeReference type) => type.Scope switch
    {
        AssemblyNameReference reference => reference.Name,
        ModuleDefinition module => module.Assembly.Name.Name,
        _ => "",
    };
}
