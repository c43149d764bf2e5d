using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Tells the framework's own assemblies by their keys: what is in them was curated or is read, and nothing there derives from the user's types.</summary>
internal static class Framework
{
    private static readonly HashSet<string> tokens =
    [
        "7cec85d7bea7798e", "b03f5f7f11d50a3a", "cc7b13ffcd2ddd51", "b77a5c561934e089", "adb9793829ddae60", "31bf3856ad364e35",
    ];

    public static bool Owns(TypeDefinition type) =>
        type.Module.Assembly?.Name.PublicKeyToken is { Length: 8 } token && tokens.Contains(string.Concat(token.Select(part => part.ToString("x2"))));

    public static bool IsDelegate(TypeDefinition? type) => type?.BaseType?.FullName == "System.MulticastDelegate";
}
