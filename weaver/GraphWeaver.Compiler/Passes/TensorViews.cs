using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Finds the views that only table operators and other such views see. Nobody can tell whether their objects exist, so a kernel may go to the
/// tensor's own elements instead. A view that eager copies must moreover be read only: written, it is memory of its own.
/// </summary>
internal sealed class TensorViews
{
    private readonly Dictionary<Instruction, TensorView> views = [];
    private readonly Users users;
    private readonly SpanLiterals literals;
    private readonly HashSet<Instruction> ofLiterals;

    public TensorViews(Function function, Users users)
    {
        this.users = users;
        literals = new SpanLiterals(function, users);
        ofLiterals = [.. literals.All.SelectMany(literal => literal.Instructions)];
        foreach (var instruction in function.Instructions)
        {
            if (Read(instruction) is { } view)
            {
                views.Add(instruction, view);
            }
        }

        while (views.Where(pair => !IsSeenByOperatorsOnly(pair.Key, pair.Value.Row.IsCopy)).Select(pair => pair.Key).ToList() is { Count: > 0 } seen)
        {
            seen.ForEach(view => views.Remove(view));
        }
    }

    /// <summary>Spans whose elements are written where they are made, for views or for anything else.</summary>
    public IEnumerable<SpanLiteral> Literals => literals.All;

    /// <summary>The literal whose span an instruction makes; null where it makes none.</summary>
    public SpanLiteral? FindLiteral(Instruction span) => literals.Find(span);

    /// <summary>Whether an instruction does nothing but fill and make such a span.</summary>
    public bool IsOfLiteral(Instruction instruction) => ofLiterals.Contains(instruction);

    /// <summary>The view a value is; null where it is none, or seen by more than operators.</summary>
    public TensorView? Find(Value value) => value is Instruction instruction && views.TryGetValue(instruction, out var view) ? view : null;

    /// <summary>The view that ranges in a span make of a tensor; null where the ranges are not known.</summary>
    public TensorView? SliceAt(Value ranges, Value source) => OfSpan(ViewTable.Slice, source, ranges);

    private TensorView? Read(Instruction call)
    {
        if (call.Code is not (Code.Call or Code.Callvirt) || ViewTable.Find(call.Method!) is not { } row)
        {
            return null;
        }

        return row.Operands switch
        {
            ViewOperands.None => new TensorView(row, call.Inputs[0], [], [call]),
            ViewOperands.Dimension => new TensorView(row, call.Inputs[0], [call.Inputs[1]], [call]),
            _ => OfSpan(row, call.Inputs[0], call.Inputs[1]) is { } view ? view with { Instructions = [.. view.Instructions, call] } : null,
        };
    }

    private TensorView? OfSpan(ViewRow row, Value source, Value operands) =>
        operands is Constant { Literal: var literal } && literal == Constant.Zero ? new TensorView(row, source, [], [])
            : literals.Find(operands) is { Elements.Count: <= KernelView.MaxOperands } span ? new TensorView(row, source, span.Elements, span.Instructions)
            : null;

    private bool IsSeenByOperatorsOnly(Instruction value, bool mustBeRead) =>
        users.Of(value).All(use => use.User is Instruction user && IsOperator(user, value, mustBeRead));

    private bool IsOperator(Instruction user, Instruction value, bool mustBeRead) =>
        (user.IsAddressOfValue || TensorSpans.IsConversionOfTensor(user) || TensorSpans.IsConversionOfSpan(user)) ? IsSeenByOperatorsOnly(user, mustBeRead)
        : views.TryGetValue(user, out var view) ? view.Source == value && (view.Row.IsCopy || IsSeenByOperatorsOnly(user, mustBeRead))
        : user.Code is Code.Call or Code.Callvirt && WriteTable.Find(user.Method!) is { } write ? users.Of(user).Count == 0 && !(mustBeRead && user.Inputs[write.Destination] == value)
        : user.Code == Code.Call && OperatorTable.Find(user.Method!) is { } match && !(mustBeRead && match.Destination is { } written && user.Inputs[written] == value)
            && !(match.Form == OperatorForm.Destination && users.Of(user).Count > 0);
}
