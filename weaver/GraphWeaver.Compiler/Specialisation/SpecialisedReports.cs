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
        foreach (var said in parts.SelectMany(Said).GroupBy(said => said.Key))
        {
            var by = said.Select(single => single.Part).Distinct().ToList();
            var suffix = by.Count == parts.Count ? "" : $" (for {Names(by.Select(part => part.Instantiation))})";
            var first = said.First().Diagnostic;
            report.Diagnostics.Add(first with { Message = first.Message + suffix });
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

    /// <summary>
    /// What one part says, with what makes two parts' words one: the same text, but for a fallback, which names types and comes once for a call
    /// site, the same turn among the fallbacks at its place.
    /// </summary>
    private static IEnumerable<(object Key, Specialisation Part, Diagnostic Diagnostic)> Said(Specialisation part)
    {
        var turns = new Dictionary<(DiagnosticDescriptor, SourceLocation?), int>();
        foreach (var diagnostic in part.Report.Diagnostics)
        {
            if (diagnostic.Descriptor != DiagnosticCatalogue.Fallback && diagnostic.Descriptor != DiagnosticCatalogue.FallbackForbidden)
            {
                yield return (diagnostic, part, diagnostic);
                continue;
            }

            var place = (diagnostic.Descriptor, diagnostic.Location);
            turns[place] = turns.TryGetValue(place, out var turn) ? turn + 1 : 0;
            yield return ((place, turns[place]), part, diagnostic);
        }
    }

    /// <summary><c>T = float, double</c>, or <c>T = float, U = int and T = int, U = int</c>.</summary>
    private static string Names(IEnumerable<Instantiation> instantiations)
    {
        var all = instantiations.ToList();
        return all[0].Bindings.Count == 1
            ? $"{all[0].Bindings[0].Parameter.Name} = {string.Join(", ", all.Select(instantiation => instantiation.Arguments))}"
            : string.Join(" and ", all.Select(instantiation => instantiation.Display));
    }
}
