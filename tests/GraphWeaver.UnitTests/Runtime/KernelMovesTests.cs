using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// The members of <see cref="KernelMoves"/> against those of <see cref="Tensor"/>: random shapes, layouts and dimensions, right ones and wrong ones; results,
/// what is left in memory, and exceptions.
/// </summary>
[Collection(nameof(GraphMode))]
public sealed class KernelMovesTests
{
    private const int Trials = 4000;

    [Fact]
    public void Moved_floats_are_where_eager_puts_them() => Check(number => (float)number);

    [Fact]
    public void Moved_bytes_are_where_eager_puts_them() => Check(number => (byte)number);

    [Fact]
    public void Moved_Booleans_are_where_eager_puts_them() => Check(number => number % 3 == 1);

    [Fact]
    public void Moved_strings_are_where_eager_puts_them() => Check(number => number % 7 == 0 ? null! : number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Moved_structures_are_where_eager_puts_them() => Check(number => (number, (object)number));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Large_tensors_are_moved_on_any_number_of_threads(int threads)
    {
        int before = GraphMode.MaxThreads;
        try
        {
            GraphMode.MaxThreads = threads;
            Tensor<int> x = Counted<int>([300, 1000], number => number, 0);
            Tensor<int> y = Tensor.Transpose(Counted<int>([1000, 300], number => number, 7));
            for (int dimension = -1; dimension < 3; dimension++)
            {
                int along = dimension;
                if (along < 2)
                {
                    AssertEqual(() => Tensor.ConcatenateOnDimension<int>(along, [x, y, x]), () => KernelMoves.ConcatenateOnDimension<int>(along, [x, y, x]));
                    AssertEqual(() => Tensor.ReverseDimension<int>(y, along), () => KernelMoves.ReverseDimension<int>(y, along));
                    AssertEqual(() => Tensor.ReverseDimension<int>(x, along), () => KernelMoves.ReverseDimension<int>(x, along));
                }

                if (along >= 0)
                {
                    AssertEqual(() => Tensor.StackAlongDimension<int>(along, [x, y]), () => KernelMoves.StackAlongDimension<int>(along, [x, y]));
                }

                if (along is 0 or 1)
                {
                    AssertEqual(() => Tensor.Split<int>(y, 4, along)[3], () => KernelMoves.Split<int>(y, 4, along)[3]);
                }
            }

            AssertEqual(() => Tensor.Resize(y, [299_999]), () => KernelMoves.Resize(y, [299_999]));
            AssertEqual(() => Tensor.Resize(y, [500_000]), () => KernelMoves.Resize(y, [500_000]));
        }
        finally
        {
            GraphMode.MaxThreads = before;
        }
    }

    private static void AssertEqual(Func<Tensor<int>> eager, Func<Tensor<int>> moved) => Assert.Equal(Text(eager()), Text(moved()));

    private static void Check<T>(Func<int, T> value)
    {
        int thrown = 0;
        for (int seed = 0; seed < Trials; seed++)
        {
            string eager = Observe(new Trial<T>(seed, value), isEager: true);
            string moved = Observe(new Trial<T>(seed, value), isEager: false);
            Assert.True(eager == moved, $"{seed}: {new Trial<T>(seed, value).Function}\neager: {eager}\nmoved: {moved}");
            thrown += eager.StartsWith("threw", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(thrown, Trials / 10, Trials / 2);
    }

    private static string Observe<T>(Trial<T> trial, bool isEager)
    {
        string outcome;
        try
        {
            outcome = isEager ? Eager(trial) : Moved(trial);
        }
        catch (Exception exception)
        {
            outcome = $"threw {exception.GetType()} {exception.Message}";
        }

        return $"{outcome}; {string.Join("; ", trial.Tensors.Append(trial.Behind).Select(Text))}";
    }

    private static string Eager<T>(Trial<T> trial)
    {
        TensorSpan<T> destination = trial.Destination;
        ReadOnlySpan<Tensor<T>> tensors = trial.Tensors!;
        switch (trial.Function)
        {
            case 0: return Text(Tensor.Concatenate(tensors));
            case 1: return Text(Tensor.ConcatenateOnDimension(trial.Dimension, tensors));
            case 2: return Same(in Tensor.Concatenate(tensors, in destination), in destination);
            case 3: return Same(in Tensor.ConcatenateOnDimension(trial.Dimension, tensors, in destination), in destination);
            case 4: return Text(Tensor.Stack(tensors));
            case 5: return Text(Tensor.StackAlongDimension(trial.Dimension, tensors));
            case 6: return Same(in Tensor.Stack(in tensors, in destination), in destination);
            case 7: return Same(in Tensor.StackAlongDimension(tensors, in destination, trial.Dimension), in destination);
            case 8: return string.Join(" ", Tensor.Split<T>(trial.First, trial.Number, trial.Dimension).Select(Text));
            case 9: return Text(Tensor.Resize(trial.First, trial.Lengths));
            case 10: Tensor.ResizeTo(in trial.First, in destination); return "";
            case 11: Tensor.ResizeTo<T>(trial.First.AsTensorSpan(), in destination); return "";
            case 12: Tensor.ResizeTo<T>(trial.First.AsReadOnlyTensorSpan(), in destination); return "";
            case 13: return Text(Tensor.Reverse<T>(trial.First));
            case 14: return Text(Tensor.ReverseDimension<T>(trial.First, trial.Dimension));
            case 15: return Same(in Tensor.Reverse<T>(trial.First, in destination), in destination);
            default: return Same(in Tensor.ReverseDimension<T>(trial.First, in destination, trial.Dimension), in destination);
        }
    }

    private static string Moved<T>(Trial<T> trial)
    {
        TensorSpan<T> destination = trial.Destination;
        ReadOnlySpan<Tensor<T>> tensors = trial.Tensors!;
        switch (trial.Function)
        {
            case 0: return Text(KernelMoves.Concatenate(tensors));
            case 1: return Text(KernelMoves.ConcatenateOnDimension(trial.Dimension, tensors));
            case 2: return Same(in KernelMoves.Concatenate(tensors, in destination), in destination);
            case 3: return Same(in KernelMoves.ConcatenateOnDimension(trial.Dimension, tensors, in destination), in destination);
            case 4: return Text(KernelMoves.Stack(tensors));
            case 5: return Text(KernelMoves.StackAlongDimension(trial.Dimension, tensors));
            case 6: return Same(in KernelMoves.Stack(in tensors, in destination), in destination);
            case 7: return Same(in KernelMoves.StackAlongDimension(tensors, in destination, trial.Dimension), in destination);
            case 8: return string.Join(" ", KernelMoves.Split<T>(trial.First, trial.Number, trial.Dimension).Select(Text));
            case 9: return Text(KernelMoves.Resize(trial.First, trial.Lengths));
            case 10: KernelMoves.ResizeTo(in trial.First, in destination); return "";
            case 11: KernelMoves.ResizeTo<T>(trial.First.AsTensorSpan(), in destination); return "";
            case 12: KernelMoves.ResizeTo<T>(trial.First.AsReadOnlyTensorSpan(), in destination); return "";
            case 13: return Text(KernelMoves.Reverse<T>(trial.First));
            case 14: return Text(KernelMoves.ReverseDimension<T>(trial.First, trial.Dimension));
            case 15: return Same(in KernelMoves.Reverse<T>(trial.First, in destination), in destination);
            default: return Same(in KernelMoves.ReverseDimension<T>(trial.First, in destination, trial.Dimension), in destination);
        }
    }

    private static string Same<T>(ref readonly TensorSpan<T> returned, in TensorSpan<T> destination) =>
        Unsafe.AreSame(in returned, in destination) ? "the destination" : "another span";

    private static string Text<T>(Tensor<T>? tensor) => tensor is null ? "null"
        : $"[{string.Join(",", tensor.Lengths.ToArray())}] by [{string.Join(",", tensor.Strides.ToArray())}] {tensor.IsPinned} {string.Join(",", tensor.ToArray())}";

    private static Tensor<T> Counted<T>(nint[] lengths, Func<int, T> value, int first) =>
        Tensor.Create([.. Enumerable.Range(first, (int)lengths.Aggregate((nint)1, (product, length) => product * length)).Select(value)], lengths);

    /// <summary>One call: the same for the same seed.</summary>
    private sealed class Trial<T>
    {
        private readonly Random random;
        private readonly Func<int, T> value;
        private int made = 1;

        /// <summary>The only operand, or the first of several; null at times.</summary>
        public readonly Tensor<T> First = null!;

        public Trial(int seed, Func<int, T> value)
        {
            random = new Random(seed);
            this.value = value;
            Function = random.Next(17);
            nint[] lengths = [.. Enumerable.Range(0, random.Next(10) == 0 ? 8 : random.Next(1, 5)).Select(index => (nint)(random.Next(12) == 0 ? 0 : random.Next(1, 5)))];
            Dimension = random.Next(12) == 0 ? random.Next(-2, 6) : random.Next(Function is 1 or 3 or > 13 ? -1 : 0, lengths.Length + (Function is 5 or 7 ? 1 : 0));
            int along = Function is 0 or 2 or 4 or 6 ? 0 : Dimension;
            Number = random.Next(12) == 0 ? random.Next(-1, 3) : 1;
            if (Function == 8 && along >= 0 && along < lengths.Length && random.Next(8) != 0)
            {
                Number = random.Next(1, 4);
                lengths[along] *= Number;
            }

            Tensors = new Tensor<T>?[random.Next(12) == 0 ? random.Next(2) : random.Next(2, 5)];
            nint total = 0;
            for (int index = 0; index < Tensors.Length; index++)
            {
                nint[] own = [.. lengths];
                if (Function < 4 && along >= 0 && along < own.Length)
                {
                    own[along] = random.Next(5);
                    total += own[along];
                }

                Tensors[index] = random.Next(30) == 0 ? null : Laid(random.Next(25) == 0 ? Changed(own) : own);
            }

            First = (Tensors.Length > 0 ? Tensors[0] : Laid(lengths))!;
            Lengths = random.Next(8) == 0 ? Changed(lengths) : random.Next(4) == 0 ? [] : [random.Next(-1, 70)];
            nint[] taken = Function switch
            {
                < 4 when along == -1 => [(nint)Tensors.Sum(tensor => tensor?.FlattenedLength ?? 0)],
                < 4 when along >= 0 && along < lengths.Length => [.. lengths[..along], total, .. lengths[(along + 1)..]],
                < 8 when along >= 0 && along <= lengths.Length => [.. lengths[..along], Tensors.Length, .. lengths[along..]],
                < 13 => random.Next(2) == 0 ? [random.Next(70)] : lengths,
                _ => lengths,
            };
            Behind = Laid(random.Next(12) == 0 ? Changed(taken) : taken);
            Destination = random.Next(10) != 0 || First is null ? Behind : random.Next(2) == 0 ? First : Tensor.Create(new T[1], taken, taken.Select(length => (nint)0).ToArray());
        }

        public int Function { get; }

        public int Dimension { get; }

        public int Number { get; }

        public Tensor<T>?[] Tensors { get; }

        public nint[] Lengths { get; }

        /// <summary>What a destination form writes to: the next, or memory of the first operand.</summary>
        public Tensor<T> Destination { get; }

        public Tensor<T> Behind { get; }

        private nint[] Changed(nint[] lengths)
        {
            switch (random.Next(3))
            {
                case 0:
                    return [1, .. lengths];
                case 1 when lengths.Length > 1:
                    return lengths[1..];
                default:
                    nint[] changed = [.. lengths];
                    changed[random.Next(changed.Length)]++;
                    return changed;
            }
        }

        /// <summary>A tensor that is dense, transposed, a part of another, or that repeats an element.</summary>
        private Tensor<T> Laid(nint[] lengths)
        {
            made += 100;
            int layout = random.Next(6);
            if (layout == 0)
            {
                return Tensor.PermuteDimensions(Counted([.. lengths.Reverse()], value, made), [.. Enumerable.Range(0, lengths.Length).Reverse()]);
            }

            if (layout == 1 && !lengths.Contains(0) && lengths.Length < 6)
            {
                return Counted([.. lengths.Select(length => length + 1)], value, made).Slice([.. lengths.Select(length => new System.Buffers.NRange(1, 1 + length))]);
            }

            if (layout == 2 && random.Next(3) == 0 && !lengths.Contains(0))
            {
                nint[] strides = Counted(lengths, value, made).Strides.ToArray();
                strides[0] = 0;
                return Tensor.Create(Counted([1, .. lengths.Skip(1)], value, made).ToArray(), lengths, strides);
            }

            return Counted(lengths, value, made);
        }
    }
}
