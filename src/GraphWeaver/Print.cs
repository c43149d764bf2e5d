namespace GraphWeaver;

/// <summary>When a print of constants inside a graph method appears.</summary>
public enum Print
{
    /// <summary>Echoed during the build, and printed at run time in program order.</summary>
    Both,

    /// <summary>Printed during the build only.</summary>
    Build,

    /// <summary>Printed at run time only.</summary>
    Run,
}
