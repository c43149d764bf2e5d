using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>
/// Elementary functions on vectors, for generated kernels. .NET has some of them, but those are not inlined, and reach full speed only
/// after climbing the tiers of the just-in-time compiler; these are inlined whole. They are flat code on purpose: the compiler stops
/// inlining into a method after some hundred temporaries, and a kernel holds many calls.
/// <para>
/// Each algorithm is written once, for 512 bits and float; the other widths and double are the same text with other names, made
/// in the build (see the project file). One argument gives the same bits at every width on one machine. Errors are stated in units in
/// the last place of the exact result, over the whole range, as measured with fused multiply-add; without it they are within 2 ulp.
/// </para>
/// <para>
/// Rare arguments have functions that are called. A vector into which a call returns its result, or that is needed after a call, is kept in memory, where it may lie across
/// cache lines, and to read it soon after is slow: so calls return into a vector of their own.
/// </para>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath;
