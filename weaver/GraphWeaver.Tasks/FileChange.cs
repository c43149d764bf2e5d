using System.Text;

namespace GraphWeaver.Tasks;

/// <summary>Writes a build output only when its text differs, so that timestamps keep telling the truth to incremental builds.</summary>
internal static class FileChange
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static void WriteWhenDifferent(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path, Utf8) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text, Utf8);
    }
}
