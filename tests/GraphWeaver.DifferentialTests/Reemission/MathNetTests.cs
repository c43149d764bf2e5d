using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace GraphWeaver.DifferentialTests.Reemission;

/// <summary>MathNet.Numerics with every body emitted anew answers, bit for bit, as the file of its package does.</summary>
public sealed class MathNetTests(ITestOutputHelper output)
{
    private static readonly Lazy<ReemittedLibrary> Library = new(() => new ReemittedLibrary(File.ReadAllBytes(typeof(MathNet.Numerics.Constants).Assembly.Location)));

    [Fact]
    public void Every_body_of_the_file_is_emitted_anew()
    {
        var assembly = typeof(MathNet.Numerics.Constants).Assembly;
        Assert.Equal(".NETCoreApp,Version=v6.0", assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
        Assert.Equal(new Version(5, 0, 0, 0), assembly.GetName().Version);

        var bodies = Bodies(Library.Value.Original);
        output.WriteLine($"bodies in the file: {bodies}, lifted and emitted: {Library.Value.Emitted}, in the file written: {Bodies(Library.Value.Image)}");
        Assert.InRange(bodies, 5000, int.MaxValue);
        Assert.Equal(bodies, Library.Value.Emitted);
        Assert.Equal(bodies, Bodies(Library.Value.Image));
    }

    /// <summary>The JIT refuses a wrong stack depth, a branch out of the body and a handler out of place.</summary>
    [Fact]
    public void The_JIT_takes_every_body()
    {
        using var context = new LibraryContext("prepared", Library.Value.Image);
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var methods = context.Library.GetTypes()
            .SelectMany(type => type.GetMembers(Declared))
            .OfType<MethodBase>()
            .Where(method => method.GetMethodBody() is not null)
            .ToList();
        var point = context.Load(Driver("Sweep")).GetType("Point", throwOnError: true)!;
        foreach (var method in methods)
        {
            IEnumerable<Type> parameters = [.. method.DeclaringType!.GetGenericArguments(), .. method.IsGenericMethodDefinition ? method.GetGenericArguments() : []];
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. parameters.Select(parameter => Argument(parameter, point).TypeHandle)]);
        }

        output.WriteLine($"bodies the JIT compiled: {methods.Count}");
        Assert.Equal(Library.Value.Emitted, methods.Count);
    }

    [Fact]
    public void Its_functions_give_the_same_bits()
    {
        using var before = new LibraryContext("original", Library.Value.Original);
        using var after = new LibraryContext("emitted", Library.Value.Image);
        var (compared, differences) = (0, new List<string>());
        foreach (var driver in new[] { Driver("Sweep"), Driver("Analysis") })
        {
            var (expected, actual) = (before.Calls(driver), after.Calls(driver));
            Assert.Equal(expected.Select(call => call.Key), actual.Select(call => call.Key));
            for (var i = 0; i < expected.Count; i++)
            {
                var (first, second) = (Observation.Of(expected[i].Value, []), Observation.Of(actual[i].Value, []));
                if (first == second)
                {
                    compared++;
                }
                else
                {
                    differences.Add($"{expected[i].Key}\n  original: {first}\n  emitted:  {second}");
                }
            }

            output.WriteLine($"{driver.Name}: {expected.Count} calls");
        }

        output.WriteLine($"calls compared bit by bit: {compared}, different: {differences.Count}");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        Assert.InRange(compared, 10_000, int.MaxValue);
    }

    /// <summary>A type that the constraints of a generic parameter allow.</summary>
    private static Type Argument(Type parameter, Type point)
    {
        var constraints = parameter.GetGenericParameterConstraints();
        return constraints.Any(constraint => constraint.Name == "IPrecisionSupport`1") ? point
            : constraints.FirstOrDefault(constraint => constraint == typeof(Exception))
                ?? (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? typeof(object) : typeof(double));
    }

    private static CompiledAssembly Driver(string name) =>
        CSharpCompiler.Compile(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reemission", "Drivers", name + ".cs")), OptimizationLevel.Release, name);

    /// <summary>Method bodies in a file, counted without Cecil.</summary>
    private static int Bodies(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        var metadata = file.GetMetadataReader();
        return metadata.MethodDefinitions.Count(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress != 0);
    }
}
