using System.Buffers;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// Views as layouts against the real views: chains of random steps over random tensors, ranges and lengths, right ones and wrong ones. Where the
/// library throws or makes something empty the layout gives up; where it does not, lengths and elements are the library's.
/// </summary>
public sealed class KernelViewTests
{
    private const int Trials = 40_000;

    [Fact]
    public void A_chain_of_views_is_the_library_s_or_none()
    {
        var held = new Dictionary<string, int>();
        var given = new Dictionary<string, int>();
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var lengths = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (nint)random.Next(1, 5)).ToArray();
            var tensor = Tensor.Create(Enumerable.Range(0, (int)TensorPrimitives.Product<nint>(lengths)).ToArray(), lengths);
            var data = tensor;
            Assert.True(KernelLayout.TryGet(tensor, out KernelLayout layout));
            for (int step = random.Next(1, 4); step > 0; step--)
            {
                var (name, view, holds) = Step(random, tensor, ref layout);
                string trial = $"seed {seed}: {name} of [{string.Join(", ", tensor.Lengths.ToArray())}]";
                if (view is null || view.FlattenedLength == 0)
                {
                    Assert.False(holds, trial);
                    break;
                }

                if (!holds)
                {
                    Assert.True(name == "Reshape", trial);
                    Count(given, name);
                    break;
                }

                Assert.True(view.Lengths.ToArray().SequenceEqual(((ReadOnlySpan<nint>)layout.Lengths)[..layout.Rank].ToArray()), trial);
                Assert.True(view.ToArray().SequenceEqual(Elements(data, layout)), trial);
                Count(held, name);
                tensor = view;
            }
        }

        Assert.Equal(
            ["Broadcast", "PermuteDimensions", "Reshape", "Reverse", "ReverseDimension", "Slice", "SliceFrom", "Squeeze", "SqueezeDimension", "Transpose", "Unsqueeze"],
            held.Where(pair => pair.Value > 500).Select(pair => pair.Key).Order());
        Assert.Empty(given.Keys.Except(["Reshape"]));
    }

    private static (string Name, Tensor<int>? View, bool Holds) Step(Random random, Tensor<int> tensor, ref KernelLayout layout)
    {
        int rank = random.Next(10) == 0 ? random.Next(0, 5) : tensor.Rank;
        int dimension = random.Next(-2, tensor.Rank + 2);
        switch (random.Next(11))
        {
            case 0:
                var ranges = Enumerable.Range(0, rank).Select(index => Range(random, index < tensor.Rank ? tensor.Lengths[index] : 2)).ToArray();
                bool holds = layout.HasRank(rank);
                for (int index = 0; index < rank && holds; index++)
                {
                    holds = layout.Slice(index, ranges[index]);
                }

                return ("Slice", Eager(() => tensor[ranges]), holds);
            case 1:
                var starts = Enumerable.Range(0, rank).Select(_ => (nint)(random.Next(4) == 0 ? random.Next(-1, 5) : 0)).ToArray();
                holds = layout.HasRank(rank);
                for (int index = 0; index < rank && holds; index++)
                {
                    holds = layout.SliceFrom(index, starts[index]);
                }

                return ("SliceFrom", Eager(() => tensor.Slice(starts)), holds);
            case 2:
                return ("Transpose", Eager(() => Tensor.Transpose(tensor)), layout.Transpose());
            case 3:
                var order = Enumerable.Range(0, rank).OrderBy(_ => random.Next()).ToArray();
                if (order.Length > 0 && random.Next(6) == 0)
                {
                    order[0] = random.Next(-1, rank + 1);
                }

                var numbers = Numbers(order.Select(index => (nint)index));
                return ("PermuteDimensions", Eager(() => tensor.PermuteDimensions(order)), layout.PermuteDimensions(in numbers));
            case 4:
                var lengths = Lengths(random, tensor);
                numbers = Numbers(lengths);
                return ("Reshape", Eager(() => tensor.Reshape(lengths)), layout.Reshape(in numbers));
            case 5:
                return ("Squeeze", Eager(() => Tensor.Squeeze(tensor)), layout.Squeeze());
            case 6:
                return ("SqueezeDimension", Eager(() => Tensor.SqueezeDimension(tensor, dimension)), layout.SqueezeDimension(dimension));
            case 7:
                return ("Unsqueeze", Eager(() => Tensor.Unsqueeze(tensor, dimension)), layout.Unsqueeze(dimension));
            case 8:
                return ("Reverse", Eager(() => Tensor.Reverse<int>(tensor)), layout.Reverse());
            case 9:
                return ("ReverseDimension", Eager(() => Tensor.ReverseDimension<int>(tensor, dimension)), layout.ReverseDimension(dimension));
            default:
                var wanted = Enumerable.Range(0, random.Next(0, 2)).Select(_ => (nint)random.Next(0, 4))
                    .Concat(tensor.Lengths.ToArray().Skip(random.Next(8) == 0 ? 1 : 0).Select(length => length == 1 || random.Next(12) == 0 ? random.Next(0, 4) : length)).ToArray();
                numbers = Numbers(wanted);
                return ("Broadcast", Eager(() => Tensor.Broadcast<int>(tensor, wanted)), layout.Broadcast(in numbers));
        }
    }

    private static nint[] Lengths(Random random, Tensor<int> tensor)
    {
        var factors = tensor.Lengths.ToArray().OrderBy(_ => random.Next()).ToList();
        if (factors.Count > 1 && random.Next(2) == 0)
        {
            factors = [factors[0] * factors[1], .. factors.Skip(2)];
        }

        if (random.Next(3) == 0)
        {
            factors.Insert(random.Next(factors.Count + 1), 1);
        }

        if (random.Next(3) == 0 && factors.Count > 0)
        {
            factors[random.Next(factors.Count)] = random.Next(-2, 6);
        }

        return [.. factors];
    }

    private static NRange Range(Random random, nint length)
    {
        NIndex End() => random.Next(2) == 0 ? new NIndex(random.Next((int)length + 1)) : new NIndex(random.Next((int)length + 1), fromEnd: true);
        return random.Next(12) switch
        {
            0 => new NRange(End(), End()),
            1 => new NRange(new NIndex(random.Next(9)), new NIndex(random.Next(9), fromEnd: true)),
            2 => NRange.All,
            _ => random.Next((int)length) is var start && random.Next(2) == 0
                ? new NRange(new NIndex(start), new NIndex(start + random.Next(1, (int)length - start + 1)))
                : new NRange(new NIndex(length - start, fromEnd: true), new NIndex(0, fromEnd: true)),
        };
    }

    private static Tensor<int>? Eager(Func<Tensor<int>> view)
    {
        try
        {
            return view();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static KernelNumbers Numbers(IEnumerable<nint> numbers)
    {
        var list = new KernelNumbers();
        foreach (nint number in numbers)
        {
            list.Add(number);
        }

        return list;
    }

    private static IEnumerable<int> Elements(Tensor<int> data, KernelLayout layout)
    {
        int[] flat = [.. data];
        var indices = new nint[layout.Rank];
        while (true)
        {
            nint place = layout.Offset;
            for (int dimension = 0; dimension < layout.Rank; dimension++)
            {
                place += indices[dimension] * layout.Strides[dimension];
            }

            yield return flat[place];
            int last = layout.Rank - 1;
            while (last >= 0 && ++indices[last] == layout.Lengths[last])
            {
                indices[last--] = 0;
            }

            if (last < 0)
            {
                yield break;
            }
        }
    }

    private static void Count(Dictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
