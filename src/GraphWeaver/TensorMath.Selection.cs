using System.Numerics.Tensors;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>Where the condition is true the element of <paramref name="x"/>, else that of <paramref name="y"/>; the three are broadcast.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="condition">Which to take; any layout.</param>
    /// <param name="x">Taken where true; any layout.</param>
    /// <param name="y">Taken where false; any layout.</param>
    /// <returns>A new dense tensor of the common shape.</returns>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException">The shapes cannot be broadcast to one.</exception>
    public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> x, Tensor<T> y)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        nint[] shape = Broadcasting.Lengths(Broadcasting.Lengths(condition.Lengths, x.Lengths, nameof(x)), y.Lengths, nameof(y));
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(shape);
        if (!result.IsEmpty)
        {
            new WhereKernel<T>(condition, x, y, result).Run();
        }

        return result;
    }

    /// <summary>Where the condition is true the element of <paramref name="x"/>, else <paramref name="y"/>; the tensors are broadcast.</summary>
    /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
    public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> x, T y) => Where(condition, x, Tensor.Create([y]));

    /// <summary>Where the condition is true <paramref name="x"/>, else the element of <paramref name="y"/>; the tensors are broadcast.</summary>
    /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
    public static Tensor<T> Where<T>(Tensor<bool> condition, T x, Tensor<T> y) => Where(condition, Tensor.Create([x]), y);

    /// <summary>Where the condition is true <paramref name="x"/>, else <paramref name="y"/>.</summary>
    /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
    public static Tensor<T> Where<T>(Tensor<bool> condition, T x, T y) => Where(condition, Tensor.Create([x]), Tensor.Create([y]));
}
