namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>A user's project in a folder of its own: it knows the package and nothing else of the repository.</summary>
internal sealed class Sandbox
{
    private const string BuildConfiguration = "Release";

    public Sandbox(PackageFixture package, string name, string properties = "", string items = "", bool usesPackage = true)
    {
        Name = name;
        Root = Path.Combine(package.WorkDirectory, name + "-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(Root);
        string reference = usesPackage
            ? $"""<PackageReference Include="GraphWeaver.Fody" Version="{package.Version}" />"""
            : """<PackageReference Include="System.Numerics.Tensors" Version="11.0.0" />""";
        Write($"{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <PathMap>$(MSBuildProjectDirectory)=/_</PathMap>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {reference}
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    public string Name { get; }

    public string Root { get; }

    public string AssemblyPath => PathOf("bin", BuildConfiguration, "net10.0", Name + ".dll");

    public string IntermediateDirectory => PathOf("obj", BuildConfiguration, "net10.0");

    public string ReportPath => Path.Combine(IntermediateDirectory, "graphweaver", "report.json");

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    /// <summary>The line of the first occurrence of <paramref name="marker"/> in a source file, from 1.</summary>
    public int LineOf(string file, string marker)
    {
        int index = Array.FindIndex(File.ReadAllLines(PathOf(file)), line => line.Contains(marker, StringComparison.Ordinal));
        Assert.True(index >= 0, $"'{marker}' is not in {file}.");
        return index + 1;
    }

    public CommandResult Build(params string[] arguments) => DotnetCommand.Run(Root,
        ["build", "-c", BuildConfiguration, "-nodeReuse:false", "-tl:off", .. arguments]);

    /// <summary>Restores nothing: for every build after the first.</summary>
    public CommandResult Rebuild(params string[] arguments) => Build(["--no-restore", .. arguments]);

    public CommandResult Run(IReadOnlyDictionary<string, string>? environment = null) =>
        DotnetCommand.Run(Root, ["exec", AssemblyPath], environment);

    /// <summary>As after <c>git clean</c>, but for the restored packages.</summary>
    public void Clean()
    {
        Directory.Delete(PathOf("bin"), recursive: true);
        Directory.Delete(PathOf("obj", BuildConfiguration), recursive: true);
    }

    /// <summary>What lies in the project's folder beside what the build may write.</summary>
    public IReadOnlyList<string> SourceFiles() =>
        [.. Directory.GetFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj")).Order()];
}
