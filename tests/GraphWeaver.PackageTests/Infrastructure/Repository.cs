using System.Reflection;

namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>Where the sources are, and which configuration of them is under test.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Whether the package feed has ILGPU, as the build has found.</summary>
    public static bool HasIlgpu { get; } = File.Exists(PathOf("src", "GraphWeaver.ILGPU", "obj", "ilgpu", "present.txt"));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
