using System.ComponentModel;
using System.Numerics.Tensors;

namespace GraphWeaver.Verification;

/// <summary>
/// A parameter or field that both bodies of a verified call may read and write. In order: it is made before the original body runs, which saves what is
/// there; <see cref="Note"/> what that body left; <see cref="Restore"/> or <see cref="RestoreTo"/> what was there; <see cref="Compare"/> what the
/// woven body left.
/// </summary>
/// <typeparam name="T">The static type.</typeparam>
/// <param name="call">The call.</param>
/// <param name="name">What differences are reported under.</param>
/// <param name="shape">The shape of the type.</param>
/// <param name="value">What is there before the call.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Kept<T>(VerifiedCall call, string name, Shape<T> shape, T value)
{
    private readonly Copy<T> saved = shape.Copy(value, call.Before(name));
    private Copy<T>? left;

    /// <summary>Notes what the original body left.</summary>
    public void Note(T current) => left = shape.Copy(current, call.AfterOriginal(name));

    /// <summary>Puts the contents back.</summary>
    public void Restore() => saved.Restore();

    /// <summary>Puts the value and its contents back.</summary>
    public void RestoreTo(ref T place) => place = saved.Restore();

    /// <summary>Compares what the woven body left.</summary>
    /// <exception cref="GraphVerificationException">It is not what the original body left.</exception>
    public void Compare(T current) => left!.Compare(current, call.Compare(name));
}

/// <summary>A span that both bodies of a verified call may read and write; see <see cref="Kept{T}"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeptSpan<T>
{
    private readonly VerifiedCall call;
    private readonly string name;
    private readonly Elements<T> saved;
    private Elements<T>? left;

    /// <summary>Saves a span.</summary>
    public KeptSpan(VerifiedCall call, string name, Span<T> span)
        : this(call, name, Over(span))
    {
    }

    /// <summary>Saves a span of a tensor.</summary>
    public KeptSpan(VerifiedCall call, string name, TensorSpan<T> span)
    {
        (this.call, this.name) = (call, name);
        saved = new Elements<T>(span, call.Before(name));
    }

    /// <summary>Notes what the original body left.</summary>
    public void Note(Span<T> span) => Note(Over(span));

    /// <summary>Notes what the original body left.</summary>
    public void Note(TensorSpan<T> span) => left = new Elements<T>(span, call.AfterOriginal(name));

    /// <summary>Puts the elements back.</summary>
    public void Restore(Span<T> span) => Restore(Over(span));

    /// <summary>Puts the elements back.</summary>
    public void Restore(TensorSpan<T> span) => saved.Restore(span);

    /// <summary>Compares what the woven body left.</summary>
    /// <exception cref="GraphVerificationException">It is not what the original body left.</exception>
    public void Compare(Span<T> span) => Compare(Over(span));

    /// <summary>Compares what the woven body left.</summary>
    /// <exception cref="GraphVerificationException">It is not what the original body left.</exception>
    public void Compare(TensorSpan<T> span) => left!.Compare(span, call.Compare(name));

    private static TensorSpan<T> Over(Span<T> span) => new(span);
}

/// <summary>The original body's result, where it returned.</summary>
/// <typeparam name="T">The static type.</typeparam>
/// <param name="call">The call.</param>
/// <param name="shape">The shape of the type.</param>
/// <param name="result">The result; not looked at when the original body threw.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Returned<T>(VerifiedCall call, Shape<T> shape, T result)
{
    private readonly Copy<T>? copy = call.HasOriginalFailed ? null : shape.Copy(result, call.AfterOriginal("result"));

    /// <summary>Compares the woven body's result, both bodies having ended alike.</summary>
    /// <exception cref="GraphVerificationException">It is not what the original body returned.</exception>
    public void Compare(T actual) => copy?.Compare(actual, call.Compare("result"));
}
