using System.Numerics.Tensors;
using System.Buffers;
using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GraphWeaver.DifferentialTests;

[Collection("GraphMode")]
public sealed class Scratch
{
    [Fact]
    public void Attack()
    {
        var directory = Environment.GetEnvironmentVariable("ATTACK") ?? "/tmp/h1/attacks";
        var trials = int.Parse(Environment.GetEnvironmentVariable("TRIALS") ?? "300");
        var only = Environment.GetEnvironmentVariable("ONLY") ?? "";
        using var log = new StreamWriter("/tmp/h1/out.txt") { AutoFlush = true };
        foreach (var file in Directory.GetFiles(directory, "*.txt").Order())
        {
            foreach (var level in new[] { OptimizationLevel.Release, OptimizationLevel.Debug })
            {
                try
                {
                    using var program = new WovenProgram(File.ReadAllText(file), level);
                    log.WriteLine($"=== {Path.GetFileName(file)} {level}");
                    foreach (var report in program.Report.Methods)
                    {
                        log.WriteLine($"  {report.Name} kernels={report.Kernels} " + string.Join(" ", report.Diagnostics.Where(d => d.Descriptor.Code is not ("GW0001" or "GW0101" or "GW0102")).Select(d => d.Descriptor.Code + ":" + d.Message.Split('\n')[0])));
                    }
                    foreach (var d in program.Report.Methods.SelectMany(m => m.Diagnostics).Where(d => d.Descriptor.Code == "GW1901")) { log.WriteLine("!!!! GW1901 " + d.Message); }
                    var unwoven = program.Unwoven.Assembly.GetType("Program")!;
                    var woven = program.Woven.Assembly.GetType("Program")!;
                    foreach (var method in unwoven.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(m => m.Name.Contains(only) && !m.ContainsGenericParameters && m.GetParameters().All(p => !p.ParameterType.IsByRefLike && !p.ParameterType.IsByRef)))
                    {
                        var other = woven.GetMethod(method.Name)!;
                        var fails = 0; var threw = 0; var n = method.GetParameters().Length == 0 ? 2 : trials;
                        for (var seed = 0; seed < n && fails < 2; seed++)
                        {
                            GraphMode.MaxThreads = seed % 2 + 1;
                            var expected = Call(method, Make(method, seed));
                            var actual = Call(other, Make(method, seed));
                            if (expected.StartsWith("threw")) { threw++; }
                            if (expected != actual)
                            {
                                fails++;
                                log.WriteLine($"!!!! DIFF {file} {level} {method.Name} seed {seed}\n   args {Short(ValueText.Of(Make(method, seed)))}\n   exp {Short(expected)}\n   act {Short(actual)}");
                            }
                        }
                        if (n > 2 && threw > n * 0.9) { log.WriteLine($"   (mostly throws: {method.Name} {threw}/{n})"); }
                    }
                }
                catch (Exception e)
                {
                    log.WriteLine($"!!!! {file} {level}: {e.GetType()} {e.Message[..Math.Min(3000, e.Message.Length)]} {e.StackTrace?[..Math.Min(1500, e.StackTrace.Length)]}");
                }
            }
        }
        log.WriteLine("done");
    }

    private static NRange? sameRanges;

    private static string Short(string s) => System.Text.RegularExpressions.Regex.Replace(s, "f#[0-9a-f]{8}", "") is var t ? t[..Math.Min(1500, t.Length)] : s;

    private static string Call(MethodInfo method, object?[] arguments)
    {
        var o = Observation.Of(() => (method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null), (object)arguments), arguments);
        return (o.Exception != "" ? "threw " : "") + o.Exception + " | " + o.Result + " | " + o.Output + " | " + o.Arguments;
    }

    private static object?[] Make(MethodInfo method, int seed)
    {
        var random = new Random(seed * 7919 + method.Name.Length);
        var parameters = method.GetParameters();
        var style = random.Next(6); // 0: all same shape; 1: random; 2: compatible
        var shape = Shape(random, method.GetCustomAttributesData().Any(a => a.AttributeType.Name == "BigAttribute") && random.Next(8) == 0);
        var rank = Math.Max(parameters.Count(p => p.ParameterType == typeof(NRange)), method.Name.EndsWith("1D") ? 1 : method.Name.EndsWith("2D") ? 2 : 0);
        if (rank > 0 && shape.Length != rank && random.Next(8) > 0)
        {
            shape = Enumerable.Range(0, rank).Select(_ => (nint)(random.Next(12) == 0 ? 150 : random.Next(10) == 0 ? 1 : random.Next(2, 6))).ToArray();
        }
        sameRanges = random.Next(2) == 0 ? ARange(random) : null;
        var made = new List<object?>();
        foreach (var p in parameters)
        {
            made.Add(One(p.ParameterType, random, style, shape, made));
        }
        return [.. made];
    }

    private static object? One(Type type, Random random, int style, nint[] shape, List<object?> before)
    {
        if (type == typeof(int)) { return random.Next(10) == 0 ? random.Next(-2, 12) : random.Next(0, 4); }
        if (type == typeof(nint)) { return (nint)(random.Next(6) == 0 ? random.Next(-2, 12) : random.Next(0, 4)); }
        if (type == typeof(bool)) { return random.Next(2) == 0; }
        if (type == typeof(float)) { return (float)random.Next(-3, 4); }
        if (type == typeof(NRange)) { return sameRanges is { } same && random.Next(5) > 0 ? same : ARange(random); }
        if (type == typeof(NRange[])) { return Enumerable.Range(0, random.Next(6) == 0 ? random.Next(4) : shape.Length).Select(_ => ARange(random)).ToArray(); }
        if (type == typeof(nint[])) { return random.Next(4) == 0 ? Shape(random, false) : random.Next(2) == 0 ? shape : shape.Select(n => random.Next(5) == 0 ? 1 : n).ToArray(); }
        if (type == typeof(int[])) { var p = Enumerable.Range(0, shape.Length).OrderBy(_ => random.Next()).ToArray(); if (random.Next(8) == 0 && p.Length > 0) { p[0] = random.Next(-1, 4); } return p; }
        if (type == typeof(Tensor<float>[])) { return Enumerable.Range(0, 3).Select(_ => One(typeof(Tensor<float>), random, style, shape, before)).Cast<Tensor<float>?>().ToArray(); }
        if (type == typeof(Tensor<float>)) { return Tensor<float>(random, style, shape, before, i => ((i * 37 % 101) - 50) / 7f); }
        if (type == typeof(Tensor<int>)) { return Tensor<int>(random, style, shape, before, i => (i * 37 % 101) - 50); }
        if (type == typeof(Tensor<byte>)) { return Tensor<byte>(random, style, shape, before, i => (byte)(i * 37 % 101)); }
        if (type == typeof(Tensor<long>)) { return Tensor<long>(random, style, shape, before, i => (i * 3701L % 1001) - 500); }
        if (type == typeof(Tensor<double>)) { return Tensor<double>(random, style, shape, before, i => ((i * 37 % 101) - 50) / 7d); }
        if (type == typeof(Tensor<Half>)) { return Tensor<Half>(random, style, shape, before, i => (Half)(((i * 37 % 101) - 50) / 7f)); }
        if (type == typeof(Tensor<bool>)) { return Tensor<bool>(random, style, shape, before, i => i * 37 % 3 == 0); }
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static NRange ARange(Random random) => random.Next(9) switch
    {
        0 => .., 1 => 1.., 2 => ..^1, 3 => 1..^1, 4 => 0..1, 5 => 1..2, 6 => ..2, 7 => new NRange(random.Next(5), random.Next(5)), _ => ^2..,
    };

    private static nint[] Shape(Random random, bool big)
    {
        if (big) { return random.Next(3) switch { 0 => [1 << 18], 1 => [512, 513], _ => [3, 300, 301] }; }
        var rank = random.Next(12) switch { 0 => 4, 1 => random.Next(5, 10), <= 4 => 3, <= 8 => 2, _ => 1 };
        return Enumerable.Range(0, rank).Select(_ => (nint)(random.Next(14) switch { 0 => 0, 1 or 2 => 1, 3 => rank < 3 ? 150 : 2, 4 => rank > 3 ? 2 : 7, _ => rank > 3 ? 2 : random.Next(2, 6) })).ToArray();
    }

    private static Tensor<T>? Tensor<T>(Random random, int style, nint[] shape, List<object?> before, Func<int, T> element)
    {
        if (random.Next(40) == 0) { return null; }
        var earlier = before.OfType<Tensor<T>>().ToList();
        if (earlier.Count > 0 && random.Next(8) == 0) { return earlier[random.Next(earlier.Count)]; }
        if (earlier.Count > 0 && random.Next(12) == 0)
        {
            var e = earlier[random.Next(earlier.Count)];
            try
            {
                return random.Next(3) switch
                {
                    0 when e.Rank >= 2 => System.Numerics.Tensors.Tensor.Transpose(e),
                    1 => e.Slice(e.Lengths.ToArray().Select(_ => ARange(random)).ToArray()),
                    _ => System.Numerics.Tensors.Tensor.Reshape(e, [e.FlattenedLength]),
                };
            }
            catch (Exception) { return e; }
        }
        var lengths = style switch
        {
            0 or 1 or 2 => shape,
            3 or 4 => shape.Skip(random.Next(4) == 0 ? random.Next(shape.Length) : 0).Select(n => random.Next(4) == 0 ? 1 : n).ToArray(),
            _ => random.Next(2) == 0 ? Shape(random, false) : shape.Select((n, i) => n > 2 && random.Next(3) > 0 ? (sameRanges is { } r && r.Start.GetOffset(n) <= r.End.GetOffset(n) && r.End.GetOffset(n) <= n && r.Start.GetOffset(n) >= 0 ? r.End.GetOffset(n) - r.Start.GetOffset(n) : 2) : n).ToArray(),
        };
        var count = (int)TensorPrimitives.Product<nint>(lengths);
        var salt = random.Next(50);
        switch (random.Next(8))
        {
            case 0 when lengths.Length >= 2: // transposed
                var swapped = lengths.ToArray();
                (swapped[^1], swapped[^2]) = (swapped[^2], swapped[^1]);
                return System.Numerics.Tensors.Tensor.Transpose(System.Numerics.Tensors.Tensor.Create(Enumerable.Range(salt, count).Select(element).ToArray(), swapped));
            case 1: // part of a larger one
                var larger = lengths.Select(n => n + 2).ToArray();
                return System.Numerics.Tensors.Tensor.Create(Enumerable.Range(salt, (int)TensorPrimitives.Product<nint>(larger)).Select(element).ToArray(), larger).Slice(lengths.Select(n => new NRange(1, 1 + n)).ToArray());
            case 2: // strides: overlapping windows or zero
                try
                {
                    var strides = new nint[lengths.Length];
                    nint s = 1;
                    var zero = random.Next(strides.Length);
                    for (var d = strides.Length - 1; d >= 0; d--) { strides[d] = lengths[d] == 1 ? 0 : d == zero && random.Next(2) == 0 ? 0 : s; if (strides[d] != 0 && random.Next(3) > 0) { s *= lengths[d]; } }
                    nint need = 1; for (var d = 0; d < strides.Length; d++) { need += Math.Max(lengths[d] - 1, 0) * strides[d]; }
                    return System.Numerics.Tensors.Tensor.Create(Enumerable.Range(salt, (int)need + 5).Select(element).ToArray(), lengths, strides);
                }
                catch (Exception) { break; }
        }
        return System.Numerics.Tensors.Tensor.Create(Enumerable.Range(salt, count).Select(element).ToArray(), lengths);
    }
}
