using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>
/// Matrix products with what goes on with their elements. A group of threads makes one tile of one product: for each part of the depth it brings the tile's part of both
/// matrices into shared memory, and each thread adds to its sixteen sums, which stay in registers. Then the sums go through shared memory, so that threads side by side
/// finish elements side by side, and there is one copy of that code. A sum starts from zero and takes its products in order of the depth, each with one rounding: as on a CPU
/// with fused multiply-add, bit for bit, whatever the tiles are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceProducts
{
    // The part of the depth that is in shared memory at a time.
    private const int DepthOfPart = 16;

    // The elements of the largest tile, which are more than its parts of both matrices.
    private const int SharedSize = 64 * 64;

    /// <summary>One group of threads for each tile.</summary>
    public static void Tiles<T, TArithmetic, TTile, TKernel>(ArrayView<T> x, ArrayView<T> y, DeviceProduct product, TKernel kernel)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TTile : struct, IDeviceTile
        where TKernel : struct, IDeviceEpilogue<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(SharedSize);
        TTile tile = default;
        int threads = tile.Rows * tile.Columns;
        int rows = 4 * tile.Rows;
        int columns = 4 * tile.Columns;

        // One element more than rows: threads that write a column write to different banks.
        int leftStride = rows + 1;
        int rightStart = leftStride * DepthOfPart;
        int tilesAcross = (product.Columns + columns - 1) / columns;
        int tilesDown = (product.Rows + rows - 1) / rows;
        int matrix = Grid.IdxX / (tilesAcross * tilesDown);
        int tileOfMatrix = Grid.IdxX - (matrix * tilesAcross * tilesDown);
        int firstRow = tileOfMatrix / tilesAcross * rows;
        int firstColumn = tileOfMatrix % tilesAcross * columns;
        int threadRow = Group.IdxX / tile.Columns;
        int threadColumn = Group.IdxX % tile.Columns;
        DeviceFour<T> sums0 = default;
        DeviceFour<T> sums1 = default;
        DeviceFour<T> sums2 = default;
        DeviceFour<T> sums3 = default;
        for (int firstDepth = 0; firstDepth < product.Depth; firstDepth += DepthOfPart)
        {
            for (int element = Group.IdxX; element < rows * DepthOfPart; element += threads)
            {
                int row = element / DepthOfPart;
                int depth = element % DepthOfPart;
                if (firstRow + row < product.Rows && firstDepth + depth < product.Depth)
                {
                    shared[(depth * leftStride) + row] = x[product.Left.At(matrix, firstRow + row, firstDepth + depth)];
                }
            }

            for (int element = Group.IdxX; element < columns * DepthOfPart; element += threads)
            {
                int depth = element / columns;
                int column = element % columns;
                if (firstColumn + column < product.Columns && firstDepth + depth < product.Depth)
                {
                    shared[rightStart + element] = y[product.Right.At(matrix, firstDepth + depth, firstColumn + column)];
                }
            }

            Group.Barrier();
            int depths = Math.Min(DepthOfPart, product.Depth - firstDepth);
            for (int depth = 0; depth < depths; depth++)
            {
                // Views of their own: what is left to add to an address is constant then.
                ArrayView<T> left = shared.SubView((depth * leftStride) + threadRow, (3 * tile.Rows) + 1);
                ArrayView<T> right = shared.SubView(rightStart + (depth * columns) + threadColumn, (3 * tile.Columns) + 1);
                var factors = new DeviceFour<T>(right[0], right[tile.Columns], right[2 * tile.Columns], right[3 * tile.Columns]);
                sums0 = sums0.Add<TArithmetic>(left[0], factors);
                sums1 = sums1.Add<TArithmetic>(left[tile.Rows], factors);
                sums2 = sums2.Add<TArithmetic>(left[2 * tile.Rows], factors);
                sums3 = sums3.Add<TArithmetic>(left[3 * tile.Rows], factors);
            }

            Group.Barrier();
        }

        int own = (threadRow * columns) + threadColumn;
        Store(shared, own, tile.Columns, sums0);
        Store(shared, own + (tile.Rows * columns), tile.Columns, sums1);
        Store(shared, own + (2 * tile.Rows * columns), tile.Columns, sums2);
        Store(shared, own + (3 * tile.Rows * columns), tile.Columns, sums3);
        Group.Barrier();
        for (int element = Group.IdxX; element < rows * columns; element += threads)
        {
            int row = firstRow + (element / columns);
            int column = firstColumn + (element % columns);
            if (row < product.Rows && column < product.Columns)
            {
                kernel.Execute((((matrix * product.Rows) + row) * product.Columns) + column, shared[element]);
            }
        }
    }

    /// <summary>The groups that a product takes.</summary>
    internal static long GroupsFor<TTile>(DeviceProduct product)
        where TTile : struct, IDeviceTile
    {
        TTile tile = default;
        long across = (product.Columns + (4L * tile.Columns) - 1) / (4 * tile.Columns);
        long down = (product.Rows + (4L * tile.Rows) - 1) / (4 * tile.Rows);
        return across * down * product.Matrices;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ArrayView<T> shared, int place, int stride, DeviceFour<T> elements)
        where T : unmanaged
    {
        shared[place] = elements.First;
        shared[place + stride] = elements.Second;
        shared[place + (2 * stride)] = elements.Third;
        shared[place + (3 * stride)] = elements.Fourth;
    }
}
