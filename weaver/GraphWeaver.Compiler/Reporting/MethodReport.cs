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
    public HashSet<IR.Site> FoldedSites { get; } = [];

    public int Folded => FoldedSites.Count;

    /// <summary>Whether the build has executed anything of it, calls or not.</summary>
    public bool IsSimplified { get; set; }

    /// <summary>Why calls failed when the build executed them, by their places.</summary>
    public Dictionary<IR.Site, string> FailedCalls { get; } = [];

    /// <summary>Call sites in source moved to start-up.</summary>
    public HashSet<IR.Site> StartupSites { get; } = [];

    public int Startup => StartupSites.Count;

    /// <summary>Kernel call sites emitted.</summary>
    public int Kernels { get; set; }

    /// <summary>For each product that a kernel rounds with the sum it goes into, where FastMath allows it, the place of the sum in source, if it has one.</summary>
    public List<SourceLocation?> Contractions { get; } = [];

    /// <summary>Call sites in source left at run time that GW1001 counts.</summary>
    public HashSet<IR.Site> FallbackSites { get; } = [];

    public int Fallbacks => FallbackSites.Count;

    /// <summary>For a generic method, which type arguments it was compiled for, as the summary goes on to say; empty for any other.</summary>
    public string TypeArguments { get; set; } = "";

    /// <summary>Why a woven method runs unverified in Verify mode; null when it can be verified.</summary>
    public string? NotVerifiableBecause { get; set; }

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>A report for a lambda or local function of the method, to be added to the method's own; what was lifted into the method has been told.</summary>
    internal MethodReport Part()
    {
        var part = new MethodReport(Name, Signature, File);
        part.FallbackSites.UnionWith(FallbackSites);
        return part;
    }

    /// <summary>Adds what became of a lambda or local function. One that always throws is made to.</summary>
    internal void Add(MethodReport part)
    {
        AddCounts(part, site => site);
        IsWoven |= part.IsWoven;
        NotVerifiableBecause ??= part.NotVerifiableBecause;
        Diagnostics.AddRange(part.Diagnostics.Where(diagnostic => diagnostic.Descriptor != DiagnosticCatalogue.AlwaysThrows));
    }

    /// <summary>The method stays as it was: what was to come of it does not.</summary>
    public void LeaveUnwoven()
    {
        (IsWoven, Kernels, TypeArguments) = (false, 0, "");
        Contractions.Clear();
        FoldedSites.Clear();
        StartupSites.Clear();
    }

    /// <summary>Counts what another compilation of the same source did: places in source once, kernels each.</summary>
    /// <param name="other">What it did.</param>
    /// <param name="place">Where a place of that compilation is in source.</param>
    public void AddCounts(MethodReport other, Func<IR.Site, IR.Site> place)
    {
        Kernels += other.Kernels;
        Contractions.AddRange(other.Contractions);
        FoldedSites.UnionWith(other.FoldedSites.Select(place));
        StartupSites.UnionWith(other.StartupSites.Select(place));
        FallbackSites.UnionWith(other.FallbackSites.Select(place));
    }
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
