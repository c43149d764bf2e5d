using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// Whether a type's initializer has run, so that its statics can be read without setting it off. The runtime notes that in the type's table and
/// tells nobody: the place is found by the runtime's own description of the table and tried out on a type of ours. Where that fails, a type with
/// an initializer counts as one that has run, and reading runs it.
/// </summary>
internal static unsafe class TypeInitializers
{
    private const uint Initialized = 1;
    private static readonly int offset = FindOffset();

    public static bool HasRun(Type type) => type.TypeInitializer is null || offset < 0 || IsNoted(type, offset);

    private static int FindOffset()
    {
        var field = typeof(object).Assembly.GetType("System.Runtime.CompilerServices.MethodTable")?.GetField("AuxiliaryData", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (field?.GetCustomAttribute<FieldOffsetAttribute>()?.Value is not { } place || IsNoted(typeof(Trial), place))
        {
            return -1;
        }

        RuntimeHelpers.RunClassConstructor(typeof(Trial).TypeHandle);
        return IsNoted(typeof(Trial), place) ? place : -1;
    }

    private static bool IsNoted(Type type, int place) => (**(uint**)((byte*)type.TypeHandle.Value + place) & Initialized) != 0;

    private static class Trial
    {
        static Trial() => GC.KeepAlive(null);
    }
}
