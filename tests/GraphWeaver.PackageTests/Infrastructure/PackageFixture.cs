namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>
/// Packs once for all tests, under a version no cache has seen, into a local source that the test projects add to the machine's own. Owns the
/// projects' folder and removes it, and the package's copy in the global cache, at the end.
/// </summary>
public sealed class PackageFixture : IDisposable
{
    private readonly Lazy<BuiltConsumer> consumer;

    public PackageFixture()
    {
        Version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        WorkDirectory = Directory.CreateTempSubdirectory("graphweaver-").FullName;
        Pack("weaver", "GraphWeaver.Fody");
        PackagePath = Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));
        File.WriteAllText(Path.Combine(WorkDirectory, "nuget.config"),
            """
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>
                <add key="graphweaver-test" value="feed" />
              </packageSources>
            </configuration>
            """);
        consumer = new Lazy<BuiltConsumer>(() => new BuiltConsumer(this));
    }

    public string Version { get; }

    public string WorkDirectory { get; }

    public string PackagePath { get; }

    /// <summary>The repository's consumer project, built once.</summary>
    internal BuiltConsumer Consumer => consumer.Value;

    private string Feed => Path.Combine(WorkDirectory, "feed");

    /// <summary>Packs the GPU backend into the same source.</summary>
    internal void PackIlgpu() => Pack("src", "GraphWeaver.ILGPU");

    private void Pack(string folder, string project) => DotnetCommand.Run(Repository.Root,
        [
            "pack", Repository.PathOf(folder, project, project + ".csproj"), "--no-build",
            "-c", Repository.Configuration, "-o", Feed, $"-p:PackageVersion={Version}", "-nodeReuse:false",
        ]).MustSucceed();

    public void Dispose()
    {
        Directory.Delete(WorkDirectory, recursive: true);
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string copy in new[] { "graphweaver.fody", "graphweaver.ilgpu" }.Select(id => Path.Combine(cache, id, Version)).Where(Directory.Exists))
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}

/// <summary>One collection: the tests share the package, and two builds at a time would only slow each other down.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFixture>
{
    public const string Name = "package";
}
