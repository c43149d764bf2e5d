using System.Reflection;
using System.Runtime.Loader;

namespace GraphWeaver.Evaluator;

/// <summary>
/// One method's world: the user's assembly, its libraries and the probes, with statics of their own. The user's assembly is
/// loaded from a copy in memory, so that the build can write the file.
/// </summary>
internal sealed class UserContext : AssemblyLoadContext
{
    private readonly AssemblyFiles files;
    private readonly Dictionary<int, Assembly> probes = [];
    private readonly string userName;
    private readonly byte[] userImage;
    private Assembly? user;

    public UserContext(AssemblyFiles files, string userName, byte[] userImage)
        : base("method")
    {
        this.files = files;
        this.userName = userName;
        this.userImage = userImage;
    }

    /// <summary>The slice's method; the probe's bytes come with its first slice in this context.</summary>
    /// <exception cref="MissingMethodException">The probe has no such method.</exception>
    public Action<object?[], object?[], int[]> Bind(int probe, byte[]? image, string type, string method)
    {
        if (image is not null)
        {
            probes[probe] = LoadFromStream(new MemoryStream(image));
        }

        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var found = probes[probe].GetType(type, throwOnError: true)!.GetMethod(method, Any)
            ?? throw new MissingMethodException(type, method);
        return found.CreateDelegate<Action<object?[], object?[], int[]>>();
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (string.Equals(assemblyName.Name, userName, StringComparison.OrdinalIgnoreCase))
        {
            return user ??= LoadFromStream(new MemoryStream(userImage));
        }

        return files.Load(assemblyName, this);
    }
}
