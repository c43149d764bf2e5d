using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Binding of one method: the walk (<see cref="PartialEvaluator"/>), then what remains of it (<see cref="Residualizer"/>), then the words about
/// it. Holds after: the bound function does what the source does; its counters and diagnostics are in the report.
/// </summary>
internal sealed class Binder(WeavingSession session, GraphSettings settings, MethodReport report)
{
    public Function Run(Function source)
    {
        // Each makes plain what the compiler has spelt out: one store, one way out.
        WholeStores.Run(source);
        ReturnSplitting.Run(source);
        var notes = new BindingNotes(report, session.Report, settings);
        var isEnabled = settings.Fallback != FallbackPolicy.Off;
        var foldability = new Foldability(session.Purity, new KnownInputs(new StoredTypes(session.Module)), source, isEnabled);
        session.Evaluator.BeginMethod();
        var runner = new SliceRunner(session.Evaluator, session.Module, notes.Failed);
        var program = new BuildProgram(new Function(source.Method), foldability, runner);
        var budget = new UnrollBudget();
        var bound = PartialEvaluator.Run(source, program, budget);
        if (bound == source)
        {
            new AtBuildCheck(source, program, notes, session, settings, report).Run();
            return source;
        }

        // A check of constants that passes is no more to be done; one that throws is to be told of.
        program.Execute([.. program.Nodes.Where(node => node is { Instruction: { IsCall: true, Type: null }, State: BuildState.Pending, Mutates: false })]);
        var atBuild = new AtBuildCheck(bound, program, notes, session, settings, report);
        var prints = ConstantPrint.Find(program);
        var residualizer = new Residualizer(program, session.Data, new StartupCells(source.Method, foldability, session.Accessors));
        residualizer.Run(settings.Print == PrintTiming.Run ? [] : prints.SelectMany(print => print.Call.Inputs));
        notes.Prints(prints, program);
        report.IsSimplified = program.IsDecided || residualizer.Folded.Count > 0;
        notes.Folded(residualizer.Folded);
        notes.Startup(residualizer.Startup);
        notes.ConstantCalls(program.ConstantCalls);
        notes.ExhaustedLoops(budget.Exhausted);
        DeadCode.Run(bound);
        ScopePruning.Run(bound);
        notes.AlwaysThrows(bound);
        atBuild.Run();
        session.RecordExecuted(residualizer.Folded.Concat(residualizer.Startup));
        return bound;
    }
}
