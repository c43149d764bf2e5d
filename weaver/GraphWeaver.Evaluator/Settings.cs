namespace GraphWeaver.Evaluator;

/// <summary>What the engine says once, in its first frame.</summary>
internal sealed record Settings(
    bool Altered,
    int EngineProcess,
    int PayloadLimit,
    int OutputLimit,
    string AssemblyPath,
    string[] ImplementationPaths,
    string[] ReferencePaths)
{
    public static Settings Read(BinaryReader reader) => new(
        reader.ReadBoolean(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadText(),
        reader.ReadTexts(),
        reader.ReadTexts());
}
