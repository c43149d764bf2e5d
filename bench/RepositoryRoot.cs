namespace GraphWeaver.Benchmarks;

/// <summary>The checkout that this program was built in.</summary>
internal static class RepositoryRoot
{
    /// <summary>The nearest folder above the program that holds the solution.</summary>
    public static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GraphWeaver.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("This command works inside the repository only.");
    }
}
