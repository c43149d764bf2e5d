using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Objects the build makes and the program can tell apart: when they are written, who shares them, what they are.</summary>
public sealed class BuildOwnedObjectTests
{
    private const string Source = """
        using MathNet.Numerics.LinearAlgebra;
        using MathNet.Numerics.LinearAlgebra.Double;

        public static class Pure
        {
            public static int Square(int x) => x * x;
            public static int[] Fresh(int n) => [n, n + 1, n + 2];
            public static int Bump(int[] a) { a[0]++; return a[0]; }
            public static string PutAndTell(int[] a) { a[0] = 7; return (-5).ToString(); }
            public static Type Pick(int i) => i == 0 ? typeof(int) : typeof(string);
            public static int[] Nothing() => [];
            public static DayOfWeek[] Days(int n) { var days = new DayOfWeek[n]; for (var i = 0; i < n; i++) { days[i] = (DayOfWeek)i; } return days; }
            public static float Bits(int bits) => BitConverter.Int32BitsToSingle(bits);
            public static double Bits(long bits) => BitConverter.Int64BitsToDouble(bits);
        }

        public sealed class Key(int number)
        {
            public static int Asked;
            public override bool Equals(object? other) { Asked++; return true; }
            public override int GetHashCode() { Asked += 100; return number; }
            public override string ToString() { Asked += 10_000; return "key"; }
        }

        [BuildTime]
        public sealed class Vouched { private readonly double[] a = new double[2]; public void Set(int i, double x) => a[i] = x; public double Get(int i) => a[i]; }

        public static class Program
        {
            [Graph] private static int Read(int i) { var a = Pure.Fresh(1); var x = a[i]; a[0] = 100; if (a[0] == 100) { x++; } return x + a[0]; }
            public static object ReadBeforeWritten() => Read(0);

            [Graph] private static Tensor<double> Multiply(Tensor<double> x) { var a = new double[] { 1, 2, 3 }; var t = Tensor.Create(a); var y = x * t; a[0] = Pure.Square(10); if (a[0] == 100) { Console.WriteLine("100"); } return y; }
            public static object OperandWrittenAfterwards() => Multiply(Tensor.Create<double>([1, 2, 3]));

            [Graph] private static int[] Trial(int limit) { var a = Pure.Fresh(0); for (var i = 0; i < 3; i++) { if (Pure.Bump(a) == 50) { a[1] = 7; } if (i > limit) { break; } } return a; }
            public static object WrittenWhileALoopWasUnrolledInVain() => (Trial(5), Trial(0), Trial(1));

            [Graph] private static int Differing() { var a = Pure.Fresh(1); var s = Pure.PutAndTell(a); if (a[1] == 1) { return -1; } var q = Pure.Square(a[0]); Console.WriteLine(s.Length); if (q == 1) { return -2; } return q; }
            public static object WrittenByACallTheBuildCouldNotMake() => Differing();

            [Graph] private static Type ChooseType(bool b) { if (b) { Console.WriteLine("b"); return Pure.Pick(0); } return Pure.Pick(0); }
            public static object OneObjectInTwoBranches() => (ChooseType(true), ChooseType(false));

            [Graph] private static int[] NoElements(bool b) { if (b) { Console.WriteLine("b"); return Pure.Nothing(); } return Pure.Nothing(); }
            public static object EmptyArraysAreShared() => (ReferenceEquals(NoElements(true), NoElements(false)), ReferenceEquals(NoElements(true), Array.Empty<int>()));

            [Graph] private static Tensor<int> NoTensor() => Tensor<int>.Empty;
            public static object TheEmptyTensor() => (NoTensor().Rank, ReferenceEquals(NoTensor(), NoTensor()));

            [Graph] private static DayOfWeek[] Days() => Pure.Days(3);
            public static object ArraysOfEnums() => Days().GetType().FullName + string.Join(",", Days().Cast<object>());

            [Graph] private static float Single(bool b) => b ? Pure.Bits(0x7f800001) : Pure.Bits(unchecked((int)0xffc00002));
            [Graph] private static double Double(bool b) => b ? Pure.Bits(0x7ff8000000000001) : Pure.Bits(0x7ff8000000000002);
            public static object PayloadsOfNaN() => (BitConverter.SingleToInt32Bits(Single(true)), BitConverter.SingleToInt32Bits(Single(false)), BitConverter.DoubleToInt64Bits(Double(true)), BitConverter.DoubleToInt64Bits(Double(false)));
            [Graph] private static double Merged(bool b) { var x = Pure.Bits(0x7ff8000000000001); if (b) { Console.WriteLine("b"); x = Pure.Bits(0x7ff8000000000002); } return x; }
            public static object PayloadsOfNaNWherePathsMeet() => (BitConverter.DoubleToInt64Bits(Merged(true)), BitConverter.DoubleToInt64Bits(Merged(false)));

            [Graph] private static Tensor<int> Part() { var t = Tensor.Create(Enumerable.Range(0, 12).ToArray(), [3, 4]); return t.Slice([0..2, 1..3]); }
            public static object Slices() { var t = Part(); return (t, t.IsDense, t.Strides.ToArray()); }
            [Graph] private static Tensor<int> Repeated() => Tensor.Create(Pure.Fresh(4), [2, 3], [0, 1]);
            public static object ElementsInOnePlace() { var t = Repeated(); t[0, 0] = 9; return (t, t.IsDense, t.Strides.ToArray()); }
            [Graph] private static Tensor<int> Turned() => Tensor.PermuteDimensions(Tensor.Create(Enumerable.Range(0, 6).ToArray(), [2, 3]), [1, 0]);
            public static object Permutations() { var t = Turned(); return (t, t.IsDense, t.Strides.ToArray()); }
            [Graph] private static Tensor<int> Fixed() => Tensor.CreateFromShape<int>([4], pinned: true);
            public static object PinnedMemory() => Fixed().IsPinned;

            [Graph] private static Vector<double> SetAndReturned() { var v = DenseVector.OfArray([1, 2, 3]); v[0] = 5; if (v[0] > 4) { Console.WriteLine("set"); } return v; }
            public static object LibraryObjects() => SetAndReturned().ToArray();
            [Graph] private static double[] RowAndSolution() { var m = DenseMatrix.CreateIdentity(3); var r = m.Row(0); r[0] = 17; m[0, 0] = 3; var x = m.LU().Solve(DenseVector.OfArray([1, 2, 3])); if (x[0] > 5) { Console.WriteLine("d"); } x[1] = 4; return [x[0], x[1], r[0], m[0, 0]]; }
            public static object LibraryObjectsOfLibraryObjects() => RowAndSolution();
            [Graph] private static (System.Numerics.BigInteger, Guid, decimal) MadeOfBytes() => (
                new System.Numerics.BigInteger(new byte[] { 1, 2, 3, 4, 5, 6 }),
                new Guid(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }),
                new decimal(new int[] { 1, 2, 3, 0 }));
            public static object ValuesMadeOfWrittenArrays() => MadeOfBytes().ToString();
            [Graph] private static (int, bool, string) Asked() { var d = new Dictionary<Key, int>(); d[new Key(1)] = 5; d[new Key(1)] = 6; return (d.Count, new List<Key> { new(2) }.Contains(new Key(3)), string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", new Key(4))); }
            public static object ObjectsWithCodeOfTheirOwn() => (Asked(), Key.Asked);
            [Graph] private static Vouched Own() { var v = new Vouched(); v.Set(0, 5); if (v.Get(0) > 4) { Console.WriteLine("set"); } return v; }
            public static object VouchedObjects() => Own().Get(0);
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    public static TheoryData<string> Drivers =>
    [
        "ReadBeforeWritten", "OperandWrittenAfterwards", "WrittenWhileALoopWasUnrolledInVain", "WrittenByACallTheBuildCouldNotMake",
        "OneObjectInTwoBranches", "EmptyArraysAreShared", "TheEmptyTensor", "ArraysOfEnums", "PayloadsOfNaN", "PayloadsOfNaNWherePathsMeet",
        "Slices", "ElementsInOnePlace", "Permutations", "PinnedMemory", "LibraryObjects", "LibraryObjectsOfLibraryObjects", "VouchedObjects",
        "ValuesMadeOfWrittenArrays", "ObjectsWithCodeOfTheirOwn",
    ];

    [Theory]
    [MemberData(nameof(Drivers))]
    public void An_object_of_the_build_is_what_the_program_would_have_made(string driver)
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            program.AssertSame("Program", driver);
        }
    }

    [Fact]
    public void Every_method_gets_through()
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            Assert.DoesNotContain(program.Report.Methods.SelectMany(method => method.Diagnostics), diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
        }
    }
}
