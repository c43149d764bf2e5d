using System.Numerics.Tensors;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using Mono.Cecil;
using Xunit.Abstractions;

namespace GraphWeaver.UnitTests.Lifting;

/// <summary>Lifts and verifies every method body of five real assemblies: what real compilers emit is the lifter's input language.</summary>
public sealed class LibrarySweepTests(ITestOutputHelper output)
{
    private static readonly string[] KnownReasons = ["unmanaged memory"];

    [Fact]
    public void At_least_99_in_100_bodies_of_five_libraries_lift_and_every_other_one_is_named()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] assemblies =
        [
            typeof(object).Assembly.Location,
            Path.Combine(framework, "System.Linq.dll"),
            Path.Combine(framework, "System.Collections.dll"),
            typeof(Tensor).Assembly.Location,
            typeof(MathNet.Numerics.Constants).Assembly.Location,
        ];
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(framework);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Tensor).Assembly.Location));

        var total = 0;
        var lifted = 0;
        var reasons = new SortedDictionary<string, int>();
        foreach (var path in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
            var (bodies, done) = Sweep(module, reasons);
            output.WriteLine($"{Path.GetFileName(path),-32} {done,6} of {bodies,6} lifted ({100.0 * done / bodies:F1} %)");
            total += bodies;
            lifted += done;
        }

        output.WriteLine($"{"all",-32} {lifted,6} of {total,6} lifted ({100.0 * lifted / total:F1} %)");
        foreach (var (reason, count) in reasons)
        {
            output.WriteLine($"{count,6}  {reason}");
        }

        Assert.True(lifted >= 0.99 * total, $"{lifted} of {total}");
        Assert.All(reasons.Keys, reason => Assert.Contains(KnownReasons, reason.StartsWith));
    }

    private static (int Bodies, int Lifted) Sweep(ModuleDefinition module, SortedDictionary<string, int> reasons)
    {
        var bodies = 0;
        var lifted = 0;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.Body.Instructions.Count > 0))
        {
            bodies++;
            try
            {
                var errors = Verifier.Errors(Lifter.Lift(method)).Take(3).ToList();
                Assert.True(errors.Count == 0, $"{method.FullName}: {string.Join("; ", errors)}");
                lifted++;
            }
            catch (NotLiftedException exception)
            {
                reasons[exception.Message] = reasons.GetValueOrDefault(exception.Message) + 1;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException(method.FullName, exception);
            }
        }

        return (bodies, lifted);
    }
}
