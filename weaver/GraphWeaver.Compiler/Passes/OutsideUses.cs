using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Which values are used by anything but the operations that go together.</summary>
internal sealed class OutsideUses(Users users)
{
    /// <summary>The operations of a component whose results anything but the component itself uses.</summary>
    public IEnumerable<Instruction> Outputs(IReadOnlyList<TensorOperation> component)
    {
        var calls = new HashSet<object>(component.Select(operation => operation.Call));
        var conversions = new HashSet<object>(component.SelectMany(operation => operation.Conversions));
        return component.Select(operation => operation.Call).Where(IsSeen);

        // A conversion may serve operators of other components too.
        bool IsSeen(Value value) => users.Of(value).Any(use => !calls.Contains(use.User) && !(conversions.Contains(use.User) && !IsSeen((Value)use.User)));
    }

    /// <summary>Whether anything but <paramref name="inside"/> uses a value.</summary>
    public bool AreBeyond(Value value, IEnumerable<Instruction> inside) => users.Of(value).Any(use => !inside.Contains(use.User));
}
