using System.Runtime.InteropServices;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Where the shared frameworks a project runs on are installed, chosen as the host chooses them.</summary>
internal static class FrameworkDirectories
{
    /// <summary>One directory for each framework that is found; the base framework always, as the build itself runs on it.</summary>
    public static IReadOnlyList<string> Find(string dotnetHost, IReadOnlyList<string> frameworks)
    {
        var running = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        string?[] roots =
        [
            Path.IsPathRooted(dotnetHost) ? Path.GetDirectoryName(dotnetHost) : null,
            Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(running))),
        ];
        var found = new List<string>();
        foreach (var framework in frameworks)
        {
            var parts = framework.Split('/');
            var wanted = Version.TryParse(parts.Length > 1 ? parts[1].Split('-')[0] : "", out var version) ? version : new Version(0, 0);
            var shared = roots.Where(root => !string.IsNullOrEmpty(root)).Select(root => Path.Combine(root!, "shared", parts[0]));
            var choice = shared.Where(Directory.Exists).Select(directory => Choose(directory, wanted)).FirstOrDefault(directory => directory is not null);
            if (choice is not null)
            {
                found.Add(choice);
            }
        }

        if (!found.Any(directory => File.Exists(Path.Combine(directory, "System.Private.CoreLib.dll"))))
        {
            found.Add(running);
        }

        return found;
    }

    /// <summary>The lowest minor version that is high enough, and its highest patch.</summary>
    private static string? Choose(string directory, Version wanted)
    {
        var candidates = Directory.GetDirectories(directory)
            .Select(path => (Path: path, Parsed: Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version), Version: version))
            .Where(candidate => candidate.Parsed && candidate.Version >= wanted)
            .OrderBy(candidate => (candidate.Version!.Major, candidate.Version.Minor))
            .ThenByDescending(candidate => candidate.Version!.Build);
        return candidates.FirstOrDefault().Path;
    }
}
