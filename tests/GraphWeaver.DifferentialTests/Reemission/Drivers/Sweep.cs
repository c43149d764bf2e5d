using System.Reflection;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;
using BigInteger = System.Numerics.BigInteger;
using Complex = System.Numerics.Complex;

// Compiled against MathNet.Numerics and loaded beside each of its two builds. Calls everything public whose parameters it has values for:
// static methods, constructors, and every method of what the constructors and factories below make.
public static class Sweep
{
    private const int Rounds = 4;
    private const int RoundsOnReceivers = 2;
    private const int LongestSequence = 64;
    private static readonly double[] Numbers = [0.5, 2, -1.25, 0, 3.75, 10, 1, -3, 0.1, 25.5, 1e-9, -0.75, 1e5, double.NaN, double.PositiveInfinity, double.Epsilon];
    private const int Moderate = 12;
    private static readonly double[] Sane = [0.5, 2, 3.75, 0.25, 1];
    private static readonly int[] Integers = [1, 3, 2, 0, 5, -1, 8, 13];

    /// <summary>Settings; and what iterates until it converges, which it need not for any argument: <c>Analysis</c> calls that.</summary>
    private static readonly string[] LeftOut = ["Control", "DifferIntegrate", "Integrate", "Integration", "FindRoots", "RootFinding", "FindMinimum", "Optimization", "OdeSolvers", "Solvers", "RandomSeed", "CryptoRandomSource"];

    private static readonly string[] Drawing = ["Sample", "Random", "Uniform", "Normal", "Standard", "get_Default", "FastDoubles", "DoubleSequence"];
    private static readonly string[] DrawingOfReceivers = ["Random", "Marginal"];
    private static readonly Dictionary<Type, Func<object?[]>> Pools = [];
    private static readonly Assembly Library = typeof(Constants).Assembly;

    static Sweep()
    {
        Pools[typeof(bool)] = () => [true, false];
        Pools[typeof(string)] = () => ["1.5", "G4", "", null];
        Pools[typeof(System.Random)] = () => [new Mcg31m1(42)];
        Pools[typeof(byte[])] = () => [new byte[5]];
        Pools[typeof(int)] = () => [.. Integers.Cast<object?>()];
        Pools[typeof(uint)] = () => [3u, 0u, 64u, 17u];
        Pools[typeof(long)] = () => [12L, 18L, -4L, 0L, 97L, 1L << 40];
        Pools[typeof(ulong)] = () => [12UL, 18UL, 0UL, 1UL << 40];
        Pools[typeof(BigInteger)] = () => [new BigInteger(84), new BigInteger(36), BigInteger.Zero, new BigInteger(250)];
        Pools[typeof(int[])] = () => [new[] { 1, 2, 0 }, new[] { 3, 1, 4, 1, 5 }];
        Pools[typeof(long[])] = () => [new[] { 12L, 18, 30 }, new[] { 5L, 7 }];
        Pools[typeof(BigInteger[])] = () => [new BigInteger[] { 12, 18, 30 }];
        Pools[typeof(Func<double[], double>)] = () => [(double[] x) => x.Sum(value => value * value)];
        Pools[typeof(Func<Vector<double>, double>)] = () => [(Vector<double> x) => (x * x) - x[0]];
        Pools[typeof(Func<double, double, double, double>)] = () => [(double x, double y, double z) => (x * y) - z];
        Pools[typeof(Point)] = () => [new Point(1), new Point(1.0000001), new Point(-3)];
        Pools[typeof(IList<Point>)] = () => [new[] { new Point(1), new Point(2) }, new[] { new Point(1.0000001), new Point(2) }, new[] { new Point(1) }];
        Element(value => value, (a, b) => a + (b / 2));
        Element(value => (float)value, (a, b) => a + (b / 2));
        Element(value => new Complex(value, 1 - value), (a, b) => a + (b / 2));
        Element(value => new Complex32((float)value, (float)(1 - value)), (a, b) => a + (b / 2));
    }

    public static IEnumerable<KeyValuePair<string, Func<object?>>> All() => Statics().Concat(Receivers().SelectMany(CallsOn));

    private static IEnumerable<Type> Types => Library.GetExportedTypes()
        .Where(type => !LeftOut.Contains(type.Name) && !LeftOut.Contains(type.Namespace!.Split('.').Last()) && !type.Namespace!.Contains("Providers"))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static void Element<T>(Func<double, T> of, Func<T, T, T> add)
        where T : struct, IEquatable<T>, IFormattable
    {
        T[] Some(int count, double step) => [.. Enumerable.Range(0, count).Select(i => of((i * step % 5) + 0.25))];
        T[,] Grid(int rows, int columns)
        {
            var grid = new T[rows, columns];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    grid[i, j] = of(i == j ? 8 + i : ((i * 3) + (j * 7)) % 5 * 0.5);
                }
            }

            return grid;
        }

        Pools[typeof(T)] = () => [.. Numbers.Select(value => (object?)of(value))];
        Pools[typeof(T?)] = () => [of(0.5), null];
        Pools[typeof(T[])] = () => [Some(3, 1.5), Some(5, 3.25), Some(4, 0), Some(0, 0), null, Some(8, 1.75)];
        Pools[typeof(IEnumerable<T>)] = () => [Some(3, 1.5), Some(5, 3.25).Where(_ => true), Some(0, 0)];
        Pools[typeof(IEnumerable<T?>)] = () => [Some(5, 3.25).Select((value, i) => i == 2 ? default(T?) : value)];
        Pools[typeof(IList<T>)] = () => [Some(3, 1.5), Some(5, 3.25).ToList()];
        Pools[typeof(T[,])] = () => [Grid(3, 3), Grid(2, 4)];
        Pools[typeof(T[][])] = () => [new[] { Some(3, 1.5), Some(3, 2.25), Some(3, 0.5) }];
        Pools[typeof(IEnumerable<T[]>)] = Pools[typeof(T[][])];
        Pools[typeof(Matrix<T>)] = () =>
        [
            Matrix<T>.Build.DenseOfArray(Grid(3, 3)), Matrix<T>.Build.SparseOfArray(Grid(3, 3)), Matrix<T>.Build.DiagonalOfDiagonalArray(Some(3, 1.5)),
            Matrix<T>.Build.DenseOfArray(Grid(3, 4)),
        ];
        Pools[typeof(Vector<T>)] = () => [Vector<T>.Build.DenseOfArray(Some(3, 1.5)), Vector<T>.Build.SparseOfArray(Some(3, 2.25)), Vector<T>.Build.DenseOfArray(Some(4, 1.5))];
        Pools[typeof(Vector<T>[])] = () => [new[] { Vector<T>.Build.DenseOfArray(Some(3, 1.5)), Vector<T>.Build.DenseOfArray(Some(3, 2.25)) }];
        Pools[typeof(IEnumerable<Vector<T>>)] = Pools[typeof(Vector<T>[])];
        Pools[typeof(Matrix<T>[,])] = () => [new[,] { { Matrix<T>.Build.DenseOfArray(Grid(2, 2)), Matrix<T>.Build.DenseOfArray(Grid(2, 3)) } }];
        Pools[typeof(Func<T, T>)] = () => [(T x) => add(x, x), (T x) => x];
        Pools[typeof(Func<T, T, T>)] = () => [add];
        Pools[typeof(Func<T, bool>)] = () => [(T x) => x.Equals(of(0))];
        Pools[typeof(Func<T, T, bool>)] = () => [(T x, T y) => x.Equals(y)];
        Pools[typeof(Func<int, T>)] = () => [(int i) => of(i * 0.5)];
        Pools[typeof(Func<int, int, T>)] = () => [(int i, int j) => of(i - (j * 0.5))];
        Pools[typeof(Func<int, T, T>)] = () => [(int i, T x) => add(x, of(i))];
        Pools[typeof(Func<int, int, T, T>)] = () => [(int i, int j, T x) => add(x, of(i - j))];
        Pools[typeof(Action<T>)] = () => [(T x) => Console.Write(x.GetHashCode() & 1)];
        Pools[typeof(Action<int, T>)] = () => [(int i, T x) => Console.Write(i)];
        Pools[typeof(Action<int, int, T>)] = () => [(int i, int j, T x) => Console.Write(i + j)];
    }

    private static IEnumerable<KeyValuePair<string, Func<object?>>> Statics() =>
        from type in Types.SelectMany(Closed)
        from method in Methods(type, BindingFlags.Static)
        from call in Calls($"{type.FullName}.{method}", method, Rounds, () => null)
        select call;

    private static IEnumerable<KeyValuePair<string, Func<object?>>> CallsOn((string Name, Func<object?> Make) receiver)
    {
        yield return new(receiver.Name, receiver.Make);
        object? made;
        try
        {
            made = receiver.Make();
        }
        catch (Exception)
        {
            yield break;
        }

        foreach (var method in Methods(made!.GetType(), BindingFlags.Instance))
        {
            foreach (var call in Calls($"{receiver.Name}.{method}", method, RoundsOnReceivers, receiver.Make))
            {
                yield return call;
            }
        }
    }

    private static IEnumerable<(string Name, Func<object?> Make)> Receivers()
    {
        foreach (var type in Types.Where(type => !type.IsAbstract && !type.ContainsGenericParameters))
        {
            foreach (var constructor in type.GetConstructors().OrderBy(constructor => constructor.ToString(), StringComparer.Ordinal).Where(CanCall))
            {
                for (var round = 0; round < (constructor.GetParameters().Length == 0 ? 1 : RoundsOnReceivers); round++)
                {
                    var (chosen, number) = (constructor, round);
                    yield return ($"new {type.FullName}({constructor}) {round}", () => chosen.Invoke(BindingFlags.DoNotWrapExceptions, null, Arguments(chosen, number), null));
                }
            }
        }

        foreach (var receiver in Algebra<double>().Concat(Algebra<float>()).Concat(Algebra<Complex>()).Concat(Algebra<Complex32>()))
        {
            yield return receiver;
        }
    }

    private static IEnumerable<(string Name, Func<object?> Make)> Algebra<T>()
        where T : struct, IEquatable<T>, IFormattable
    {
        yield return ($"{typeof(T)} matrix builder", () => Matrix<T>.Build);
        yield return ($"{typeof(T)} vector builder", () => Vector<T>.Build);
        for (var i = 0; i < 4; i++)
        {
            var number = i;
            Matrix<T> Make() => (Matrix<T>)Pools[typeof(Matrix<T>)]()[number]!;
            yield return ($"{typeof(T)} matrix {i}", Make);
            yield return ($"{typeof(T)} LU {i}", () => Make().LU());
            yield return ($"{typeof(T)} QR {i}", () => Make().QR());
            yield return ($"{typeof(T)} GramSchmidt {i}", () => Make().GramSchmidt());
            yield return ($"{typeof(T)} Svd {i}", () => Make().Svd());
            yield return ($"{typeof(T)} Evd {i}", () => Make().Evd());
            yield return ($"{typeof(T)} symmetric Evd {i}", () => Make().TransposeThisAndMultiply(Make()).Evd());
            yield return ($"{typeof(T)} Cholesky {i}", () => Make().ConjugateTransposeThisAndMultiply(Make()).Cholesky());
            yield return ($"{typeof(T)} storage {i}", () => Make().Storage);
        }

        for (var i = 0; i < 3; i++)
        {
            var number = i;
            yield return ($"{typeof(T)} vector {i}", () => Pools[typeof(Vector<T>)]()[number]);
            yield return ($"{typeof(T)} vector storage {i}", () => ((Vector<T>)Pools[typeof(Vector<T>)]()[number]!).Storage);
        }
    }

    private static IEnumerable<Type> Closed(Type type) =>
        !type.ContainsGenericParameters ? [type]
        : type.GetGenericArguments().Length == 1 && type.Namespace == "MathNet.Numerics.LinearAlgebra" ? [type.MakeGenericType(typeof(double)), type.MakeGenericType(typeof(Complex32))]
        : [];

    private static IEnumerable<MethodInfo> Methods(Type type, BindingFlags kind) => type
        .GetMethods(BindingFlags.Public | kind | (kind == BindingFlags.Static ? BindingFlags.DeclaredOnly : 0))
        .Where(method => method.DeclaringType!.Assembly == Library)
        .SelectMany(method => !method.IsGenericMethodDefinition ? [method]
            : method.GetGenericArguments() is [var parameter] ? TypesFor(parameter).Select(argument => method.MakeGenericMethod(argument))
            : [])
        .Where(CanCall)
        .OrderBy(method => method.ToString(), StringComparer.Ordinal);

    private static Type[] TypesFor(Type parameter) => parameter.GetGenericParameterConstraints().Any(constraint => constraint.Name == typeof(IPrecisionSupport<>).Name)
        ? [typeof(Point)]
        : [typeof(double), typeof(float), typeof(Complex), typeof(Complex32)];

    /// <summary>What draws from an unseeded generator gives other answers each time.</summary>
    private static bool IsSeeded(MethodBase method)
    {
        var draws = method.IsConstructor
            ? method.DeclaringType!.Namespace is "MathNet.Numerics.Distributions" or "MathNet.Numerics.Random"
            : (method.IsStatic ? Drawing : DrawingOfReceivers).Any(method.Name.Contains);
        return !draws || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(System.Random) || parameter.Name == "seed");
    }

    private static bool CanCall(MethodBase method) => IsSeeded(method) && method.GetParameters().All(parameter =>
        Pools.ContainsKey(parameter.ParameterType) || parameter.ParameterType.IsEnum || parameter.HasDefaultValue || parameter.IsOut);

    private static IEnumerable<KeyValuePair<string, Func<object?>>> Calls(string name, MethodInfo method, int rounds, Func<object?> receiver)
    {
        var parameters = method.GetParameters();
        var most = parameters.Length == 0 ? 1 : parameters.Length == 1 && Pools.TryGetValue(parameters[0].ParameterType, out var pool) ? Math.Max(pool().Length, 1) : rounds;
        for (var round = 0; round < Math.Min(most, rounds * 2); round++)
        {
            var number = round;
            yield return new($"{name} {round}", () =>
            {
                var target = receiver();
                var arguments = Arguments(method, number);
                var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
                return new[] { Finite(result), target, arguments };
            });
        }
    }

    /// <summary>Arrays and matrices of one round agree in length; scalars are mixed. Sampling by rejection needs sane parameters to come to an end.</summary>
    private static object?[] Arguments(MethodBase method, int round) =>
    [
        .. method.GetParameters().Select((parameter, position) =>
        {
            if (parameter.ParameterType == typeof(double) && method.GetParameters().Any(other => other.ParameterType == typeof(System.Random)))
            {
                return Sane[((round * 3) + position) % Sane.Length];
            }

            var type = parameter.ParameterType;
            if (type == typeof(double) && method.GetParameters().Length > 1)
            {
                return Numbers[((round * 3) + (position * 5)) % Moderate];
            }

            var values = Pools.TryGetValue(type, out var pool) ? pool() : type.IsEnum ? [.. Enum.GetValues(type).Cast<object?>()] : [parameter.HasDefaultValue ? parameter.DefaultValue : null];
            return values[(type.IsPrimitive && method.GetParameters().Length > 1 ? (round * 3) + (position * 5) : round) % values.Length];
        }),
    ];

    private static object? Finite(object? result) =>
        result is System.Collections.IEnumerable sequence and not System.Collections.ICollection and not string && !result.GetType().FullName!.StartsWith("MathNet.Numerics.LinearAlgebra", StringComparison.Ordinal)
            ? sequence.Cast<object?>().Take(LongestSequence).ToList()
            : result;
}

// Nothing in the library implements its own interface.
public readonly record struct Point(double At) : IPrecisionSupport<Point>
{
    public double Norm() => Math.Abs(At);

    public double NormOfDifference(Point otherValue) => Math.Abs(At - otherValue.At);
}
