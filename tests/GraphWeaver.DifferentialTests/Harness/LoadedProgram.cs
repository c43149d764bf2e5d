using System.Reflection;
using System.Runtime.Loader;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>A program in a load context of its own, so that the unwoven and the woven one live side by side with statics of their own.</summary>
public sealed class LoadedProgram : IDisposable
{
    private readonly AssemblyLoadContext context;

    public LoadedProgram(CompiledAssembly assembly)
    {
        context = new AssemblyLoadContext(assembly.Name, isCollectible: true);
        Assembly = context.LoadFromStream(new MemoryStream(assembly.Image), new MemoryStream(assembly.Symbols));
    }

    public Assembly Assembly { get; }

    public void Dispose() => context.Unload();

    /// <summary>Calls a public static method and observes everything it does.</summary>
    public Observation Call(string typeName, string methodName, params object?[] arguments)
    {
        var method = Assembly.GetType(typeName, throwOnError: true)!.GetMethods(BindingFlags.Static | BindingFlags.Public).Single(method => method.Name == methodName);
        return Observation.Of(() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null), arguments);
    }
}
