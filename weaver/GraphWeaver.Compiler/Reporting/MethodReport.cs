using GraphWeaver.Compiler.Diagnostics;

namespace GraphWeaver.Compiler.Reporting;

/// <summary>What became of one marked method; a row of <c>report.json</c>.</summary>
/// <param name="name">The contract's name: <c>Ns.Type.Method</c>, nested types with <c>+</c>.</param>
public sealed class MethodReport(string name, string signature, string? file)
{
    public string Name { get; } = name;

    public string Signature { get; } = signature;

    public string? File { get; } = file;

    /// <summary>True when the body was replaced, false when it was left as the compiler made it.</summary>
    public bool IsWoven { get; set; }

    /// <summary>Call sites in source executed in the build.</summary>
    public int Folded { get; set; }

    /// <summary>Whether the build has executed anything of it, calls or not.</summary>
    public bool IsSimplified { get; set; }

    /// <summary>Why calls failed when the build executed them, by their places.</summary>
    public Dictionary<IR.Site, string> FailedCalls { get; } = [];

    /// <summary>Call sites in source moved to start-up.</summary>
    public int Startup { get; set; }

    /// <summary>Kernel call sites emitted.</summary>
    public int Kernels { get; set; }

    /// <summary>Call sites in source left at run time that GW1001 counts.</summary>
    public int Fallbacks { get; set; }

    /// <summary>The places of those calls: one that is both lifted into the method and woven in a lambda of it counts once.</summary>
    public HashSet<IR.Site> FallbackSites { get; private init; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>A report for a lambda or local function of the method, to be added to the method's own.</summary>
    internal MethodReport Part() => new(Name, Signature, File) { FallbackSites = FallbackSites };

    /// <summary>Adds what became of a lambda or local function. One that always throws is made to.</summary>
    internal void Add(MethodReport part)
    {
        IsWoven |= part.IsWoven;
        Folded += part.Folded;
        Startup += part.Startup;
        Kernels += part.Kernels;
        Fallbacks += part.Fallbacks;
        Diagnostics.AddRange(part.Diagnostics.Where(diagnostic => diagnostic.Descriptor != DiagnosticCatalogue.AlwaysThrows));
    }

    /// <summary>The method stays as it was: what was to come of it does not.</summary>
    public void LeaveUnwoven() => (IsWoven, Folded, Startup, Kernels) = (false, 0, 0, 0);
}

/// <summary>What one weave did.</summary>
public sealed class WeavingReport
{
    public List<MethodReport> Methods { get; } = [];

    /// <summary>Diagnostics about the project rather than one method (GW1007, GW1008).</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Paths of implementation assemblies whose code was executed or read, and of files named to <c>Graph.AtBuild</c>: inputs of the build from now on.</summary>
    public List<string> BuildInputs { get; } = [];
}
