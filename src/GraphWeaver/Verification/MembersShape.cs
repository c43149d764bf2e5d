namespace GraphWeaver.Verification;

/// <summary>The place of a part within a structure.</summary>
internal delegate ref TMember Place<T, TMember>(ref T value);

/// <summary>A structure of parts with shapes of their own.</summary>
internal sealed class MembersShape<T>(Member<T>[] members) : Shape<T>
{
    internal override Copy<T> Copy(T value, Recording recording) =>
        new MembersCopy(value, Array.ConvertAll(members, member => member.Copy(ref value, recording)));

    private sealed class MembersCopy(T value, MemberCopy<T>[] members) : Copy<T>
    {
        internal override T Restore()
        {
            foreach (MemberCopy<T> member in members)
            {
                member.Restore();
            }

            return value;
        }

        internal override void Compare(T actual, Comparison comparison)
        {
            foreach (MemberCopy<T> member in members)
            {
                member.Compare(ref actual, comparison);
            }
        }
    }
}

/// <summary>A part of a structure, whatever its type.</summary>
internal abstract class Member<T>
{
    internal abstract MemberCopy<T> Copy(ref T value, Recording recording);
}

/// <summary>A part of a structure as it was.</summary>
internal abstract class MemberCopy<T>
{
    internal abstract void Restore();

    internal abstract void Compare(ref T actual, Comparison comparison);
}

/// <summary>A part of a structure, of one type.</summary>
internal sealed class Member<T, TMember>(string name, Shape<TMember> shape, Place<T, TMember> place) : Member<T>
{
    internal override MemberCopy<T> Copy(ref T value, Recording recording) => new TypedCopy(name, shape.Copy(place(ref value), recording), place);

    private sealed class TypedCopy(string name, Copy<TMember> copy, Place<T, TMember> place) : MemberCopy<T>
    {
        internal override void Restore() => copy.Restore();

        internal override void Compare(ref T actual, Comparison comparison) => copy.Compare(place(ref actual), comparison.Within("." + name));
    }
}

/// <summary>A value or none.</summary>
internal sealed class OptionalShape<T>(Shape<T> shape) : Shape<T?>
    where T : struct
{
    internal override Copy<T?> Copy(T? value, Recording recording) => new OptionalCopy(value is { } known ? shape.Copy(known, recording) : null);

    private sealed class OptionalCopy(Copy<T>? copy) : Copy<T?>
    {
        internal override T? Restore() => copy?.Restore();

        internal override void Compare(T? actual, Comparison comparison)
        {
            if (copy is null != actual is null)
            {
                comparison.Fail([], copy?.Restore(), actual);
            }

            copy?.Compare(actual!.Value, comparison);
        }
    }
}
