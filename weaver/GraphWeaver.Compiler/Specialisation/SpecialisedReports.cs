using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Reporting;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Makes one report of those of a method's specialisations: places in source count once, kernels as they are emitted, and what is said
/// of some type arguments only says of which. Of the open body, which other type arguments run, only errors are told.
/// </summary>
internal static class SpecialisedReports
{
    /// <param name="report">Takes what the others say.</param>
    /// <param name="isRestUsed">Whether the project itself uses the method with other type arguments.</param>
    public static void Merge(MethodReport report, IReadOnlyList<Specialisation> parts, MethodReport rest, bool isRestUsed)
    {
        foreach (var part in parts)
        {
            report.AddCounts(part.Report);
        }

        report.Kernels += rest.Kernels;
        foreach (var said in parts.SelectMany(part => part.Report.Diagnostics.Select(diagnostic => (part, diagnostic))).GroupBy(pair => pair.diagnostic))
        {
            var by = said.Select(pair => pair.part).Distinct().ToList();
            var suffix = by.Count == parts.Count ? "" : $" (for {Names(by.Select(part => part.Instantiation))})";
            report.Diagnostics.Add(said.Key with { Message = said.Key.Message + suffix });
        }

        var errors = rest.Diagnostics.Where(diagnostic =>
            diagnostic.Descriptor == DiagnosticCatalogue.AtBuildFailed || (isRestUsed && diagnostic.Descriptor == DiagnosticCatalogue.FallbackForbidden));
        report.Diagnostics.AddRange(errors.Except(report.Diagnostics));
    }

    /// <summary>How the summary goes on: what was compiled apart, and what becomes of the other type arguments in use.</summary>
    public static string TypeArguments(IReadOnlyList<Specialisation> parts, bool isRestCompiled, IReadOnlyList<Instantiation> others)
    {
        var compiled = parts.Where(part => part.Function is not null).Select(part => part.Instantiation).ToList();
        var left = parts.Select(part => part.Instantiation).Concat(others).Except(compiled).ToList();
        return (compiled.Count > 0 ? $"; compiled for {Names(compiled)}" : "")
            + (left.Count > 0 ? $"; {(isRestCompiled ? "with open types" : "ordinary .NET")} for {Names(left)}" : "");
    }

    private static string Names(IEnumerable<Instantiation> instantiations) => string.Join(" and ", instantiations.Select(instantiation => instantiation.Display));
}
