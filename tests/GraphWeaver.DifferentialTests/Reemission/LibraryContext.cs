using System.Reflection;
using System.Runtime.Loader;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Reemission;

/// <summary>One build of MathNet.Numerics in a load context of its own, with lists of calls compiled against it.</summary>
internal sealed class LibraryContext : AssemblyLoadContext, IDisposable
{
    public LibraryContext(string name, byte[] image)
        : base(name, isCollectible: true)
    {
        Library = LoadFromStream(new MemoryStream(image));
        var control = Library.GetType("MathNet.Numerics.Control", throwOnError: true)!;
        control.GetMethod("UseSingleThread")!.Invoke(null, null);
        control.GetMethod("UseManaged")!.Invoke(null, null);
    }

    public Assembly Library { get; }

    public IReadOnlyList<KeyValuePair<string, Func<object?>>> Calls(CompiledAssembly driver)
    {
        var calls = Load(driver).GetType(driver.Name, throwOnError: true)!.GetMethod("All")!.Invoke(null, null)!;
        return [.. (IEnumerable<KeyValuePair<string, Func<object?>>>)calls];
    }

    public Assembly Load(CompiledAssembly assembly) => LoadFromStream(new MemoryStream(assembly.Image), new MemoryStream(assembly.Symbols));

    public void Dispose() => Unload();

    protected override Assembly? Load(AssemblyName name) => name.Name == Library.GetName().Name ? Library : null;
}
