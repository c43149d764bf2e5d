using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary><see cref="TensorPool"/>: what is given back is taken again, once, by the same thread, and not kept for ever.</summary>
public sealed class TensorPoolTests
{
    [Fact]
    public void A_tensor_given_back_is_taken_again_once()
    {
        Tensor<double> first = TensorPool.Rent<double>([3, 17]);
        TensorPool.Return(first);
        Assert.NotSame(first, TensorPool.Rent<double>([17, 3]));
        Assert.NotSame(first, TensorPool.Rent<double>([51]));
        Assert.Same(first, TensorPool.Rent<double>([3, 17]));
        Assert.NotSame(first, TensorPool.Rent<double>([3, 17]));
    }

    [Fact]
    public void A_tensor_has_the_lengths_asked_for_and_is_dense()
    {
        Tensor<int> tensor = TensorPool.Rent<int>([2, 3, 4]);
        Assert.Equal([2, 3, 4], tensor.Lengths.ToArray());
        Assert.True(tensor.IsDense);
        TensorPool.Return(tensor.Slice([0..2, 0..2, 0..2]));
        Assert.True(TensorPool.Rent<int>([2, 2, 2]).IsDense);
    }

    [Fact]
    public void Nothing_and_empty_tensors_are_passed_over()
    {
        TensorPool.Return<long>(null);
        Tensor<long> empty = TensorPool.Rent<long>([0, 3]);
        TensorPool.Return(empty);
        Assert.NotSame(empty, TensorPool.Rent<long>([0, 3]));
    }

    [Fact]
    public void Another_thread_has_its_own()
    {
        Tensor<short> here = TensorPool.Rent<short>([99]);
        TensorPool.Return(here);
        Tensor<short>? there = null;
        var thread = new Thread(() => there = TensorPool.Rent<short>([99]));
        thread.Start();
        thread.Join();
        Assert.NotSame(here, there);
        Assert.Same(here, TensorPool.Rent<short>([99]));
    }

    [Fact]
    public void Many_are_given_back_and_few_are_kept()
    {
        List<Tensor<byte>> given = [.. Enumerable.Range(0, 100).Select(_ => Tensor.CreateFromShapeUninitialized<byte>([7]))];
        given.ForEach(TensorPool.Return);
        var taken = new HashSet<Tensor<byte>>(Enumerable.Range(0, 100).Select(_ => TensorPool.Rent<byte>([7])), ReferenceEqualityComparer.Instance);
        Assert.Equal(100, taken.Count);
        Assert.InRange(taken.Count(tensor => given.Exists(other => ReferenceEquals(other, tensor))), 1, 8);
    }

    [Fact]
    public void What_nobody_takes_is_collected()
    {
        WeakReference tensor = GiveBack();
        for (int collection = 0; collection < 10 && tensor.IsAlive; collection++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(tensor.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference GiveBack()
    {
        Tensor<ulong> tensor = TensorPool.Rent<ulong>([1000]);
        TensorPool.Return(tensor);
        return new WeakReference(tensor);
    }
}
