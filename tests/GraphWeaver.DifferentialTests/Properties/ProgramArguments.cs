using System.Numerics.Tensors;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// The calls each program gets: dense tensors of two sizes, one tensor for two parameters and another over the same memory, strided and turned
/// ones, broadcasting and mismatched shapes, empty ones and null, and a single element.
/// </summary>
internal static class ProgramArguments
{
    public const int Sets = 7;

    public static object?[] Of(Setting setting, int set) => setting.Element switch
    {
        "float" => Of<float>(setting.Rank, set, seed => seed / 8f),
        "double" => Of<double>(setting.Rank, set, seed => seed / 8d),
        _ => Of<int>(setting.Rank, set, seed => seed / 4),
    };

    /// <summary>What the program's tensor field holds at first: a tensor of the first parameter's shape.</summary>
    public static object Field(Setting setting, int set) => Of(setting, set)[0] switch
    {
        Tensor<float> tensor => Tensor.Add<float>(tensor, 0.5f),
        Tensor<double> tensor => Tensor.Add<double>(tensor, 0.5),
        var tensor => Tensor.Add<int>((Tensor<int>)tensor!, 3),
    };

    private static object?[] Of<T>(int rank, int set, Func<int, T> value)
    {
        var isFlat = rank == 1;
        T[] Items(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => value(((((i + seed) * 37) + (seed * 11)) % 61) - 23))];
        Tensor<T> Dense(int seed, params nint[] lengths) => Tensor.Create(Items((int)lengths.Aggregate((x, y) => x * y), seed), lengths);
        Tensor<T> Turned(int seed) => Tensor.PermuteDimensions(Dense(seed, 4, 3), [1, 0]);
        Tensor<T> Strided(int seed) => Tensor.Create(Items(16, seed), 1, [5], [3]);
        object?[] All(Tensor<T>? a, Tensor<T>? b, Tensor<T>? c, int s, int n, bool p) => [a, b, c, value(s), n, p, Items(4, s)];
        switch (set)
        {
            case 0:
                return isFlat ? All(Dense(1, 5), Dense(2, 5), Dense(3, 5), 12, 2, true) : All(Dense(1, 3, 4), Dense(2, 3, 4), Dense(3, 3, 4), 12, 2, true);
            case 1:
                return isFlat ? All(Dense(4, 37), Dense(5, 37), Dense(6, 37), -5, 3, false) : All(Dense(4, 5, 9), Dense(5, 5, 9), Dense(6, 5, 9), -5, 3, false);
            case 2:
                var buffer = Items(20, 7);
                var shared = Tensor.Create(buffer, 0, [17], [1]);
                return isFlat
                    ? All(shared, shared, Tensor.Create(buffer, 1, [17], [1]), 8, 1, true)
                    : All(Tensor.Create(buffer, 0, [3, 4], [4, 1]), Tensor.Create(buffer, 1, [3, 4], [4, 1]), Tensor.Create(buffer, 4, [3, 4], [4, 1]), 8, 1, true);
            case 3:
                return isFlat ? All(Strided(9), Strided(10), Dense(11, 5), 20, 4, false) : All(Turned(9), Dense(10, 3, 4), Turned(11), 20, 4, false);
            case 4:
                var line = Items(12, 12);
                return isFlat
                    ? All(Tensor.Create(line, 0, [9], [1]), Tensor.Create(line, 2, [9], [1]), Dense(13, 1), 3, -1, true)
                    : All(Dense(14, 3, 4), Dense(15, 1, 4), Dense(16, 4), 3, -1, true);
            case 5:
                return isFlat ? All(Dense(17, 0), Dense(18, 0), null, 1, 0, false) : All(Dense(17, 0, 4), Dense(18, 0, 4), null, 1, 0, false);
            default:
                return isFlat ? All(Dense(19, 1), Dense(20, 1), Dense(21, 4), -16, 5, true) : All(Dense(19, 1, 1), Dense(20, 1, 1), Dense(21, 2, 2), -16, 5, true);
        }
    }
}
