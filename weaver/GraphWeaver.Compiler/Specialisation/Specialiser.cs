using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Weaves marked methods, the generic ones once for each closed use (<see cref="Selection"/>): a copy of the body with the types put in
/// (<see cref="ClosedBody"/>) goes the ordinary way and becomes a sibling, and the method's entry leads to it
/// (<see cref="TypeDispatch"/>). Other type arguments run the open body, compiled for what does not depend on them. With no closed use to
/// compile, the open body is all there is. The module is not touched before every part is ready.
/// </summary>
internal sealed class Specialiser(WeavingSession session, Pipeline pipeline)
{
    private Instantiations? instantiations;

    /// <summary>Takes a marked method through the pipeline.</summary>
    /// <param name="report">Says what became of all its specialisations together.</param>
    /// <exception cref="NotLiftedException">The body holds a construct that is not lifted.</exception>
    public void Run(MarkedMethod marked, MethodReport report)
    {
        // Methods woven before keep their original bodies as siblings, so that every use is still to be seen.
        var selection = Selection.IsGeneric(marked.Method) ? new Selection(marked.Method, instantiations ??= Instantiations.Find(session.Module)) : null;
        if (selection is null or { Chosen.Count: 0 })
        {
            pipeline.Run(marked, report);
            return;
        }

        // Each tells what it finds in helpers, so that the merge sees which of them find the same.
        var (before, told) = (session.ToldFallbacks, session.ToldFallbacks.ToList());
        var all = new List<Specialisation>();
        foreach (var instantiation in selection.Chosen)
        {
            session.TellAgainAfter(before);
            all.Add(Compile(marked, instantiation, report));
            told.AddRange(session.ToldFallbacks);
        }

        session.TellAgainAfter(told);

        // One without tensors of its own that gains nothing is like the other uses.
        var parts = all.Where(part => part.Function is not null || Selection.HasElement(part.Instantiation)).ToList();
        List<Instantiation> others = [.. selection.Others, .. all.Except(parts).Select(part => part.Instantiation)];
        var rest = CompileRest(marked, selection, report);
        SpecialisedReports.Merge(report, marked.Method, parts, rest.Report, others.Count > 0);
        if (report.Diagnostics.Any(diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.AtBuildFailed))
        {
            report.LeaveUnwoven();
        }
        else if (parts.Any(part => part.Function is not null) || rest.Function is not null)
        {
            Install(marked.Method, [.. parts.Where(part => part.Function is not null)], rest.Function ?? Lifter.Lift(marked.Method));
            report.TypeArguments = SpecialisedReports.TypeArguments(parts, rest.Function is not null, others);
            report.NotVerifiableBecause = "it is generic";
            report.IsWoven = true;
        }
    }

    private Specialisation Compile(MarkedMethod marked, Instantiation instantiation, MethodReport report)
    {
        var sibling = ClosedBody.Clone(instantiation.Reference);
        var own = new MethodReport(report.Name, report.Signature, report.File);
        return new Specialisation(instantiation, sibling, pipeline.Compile(marked with { Method = sibling }, own), own);
    }

    private (Function? Function, MethodReport Report) CompileRest(MarkedMethod marked, Selection selection, MethodReport report)
    {
        var own = new MethodReport(report.Name, report.Signature, report.File);
        return (selection.IsComplete ? null : pipeline.Compile(marked, own), own);
    }

    private void Install(MethodDefinition method, IReadOnlyList<Specialisation> parts, Function rest)
    {
        var installs = new List<Action>();
        foreach (var part in parts.Reverse())
        {
            part.Sibling.Name = NameOf(part, method, parts);
            TypeDispatch.Add(rest, part.Instantiation, part.Sibling);
            installs.Add(BodyEmitter.Prepare(part.Function!, part.Sibling));
        }

        session.Helpers.Keep(method, WovenBody.Replace(method, rest, plan: null));
        installs.ForEach(install => install());
        foreach (var part in parts)
        {
            GeneratedTypes.MarkCompilerGenerated(part.Sibling, method.Module);
            method.DeclaringType.Methods.Add(part.Sibling);
        }
    }

    /// <summary>Overloads that differ in their open signatures only must not meet here.</summary>
    private static string NameOf(Specialisation part, MethodDefinition method, IReadOnlyList<Specialisation> parts)
    {
        var name = $"<{method.Name}>For<{part.Instantiation.Arguments}>";
        var taken = method.DeclaringType.Methods.Select(other => other.Name).Concat(parts.Where(other => other != part).Select(other => other.Sibling.Name)).ToList();
        return taken.Contains(name) ? $"{name}{taken.Count}" : name;
    }
}

/// <summary>One instantiation's way through the pipeline; the function is null where there was nothing to do.</summary>
internal sealed record Specialisation(Instantiation Instantiation, MethodDefinition Sibling, Function? Function, MethodReport Report);
