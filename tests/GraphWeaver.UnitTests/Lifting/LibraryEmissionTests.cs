using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.DifferentialTests.Harness;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Lifting;

/// <summary>A library whose every body went through the IR is accepted by the JIT and gives the answers it gave.</summary>
public sealed class LibraryEmissionTests
{
    private static readonly Assembly Original = typeof(MathNet.Numerics.Constants).Assembly;
    private static readonly Assembly Emitted = EmitAgain();

    [Fact]
    public void The_JIT_takes_every_method_that_is_not_generic()
    {
        var methods = Emitted.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .OfType<MethodBase>()
            .Where(method => !method.ContainsGenericParameters && method.GetMethodBody() is not null)
            .ToList();
        Assert.InRange(methods.Count, 5000, int.MaxValue);
        Assert.All(methods, method => RuntimeHelpers.PrepareMethod(method.MethodHandle));
    }

    [Theory]
    [InlineData("MathNet.Numerics.SpecialFunctions", "Gamma", 4.7)]
    [InlineData("MathNet.Numerics.SpecialFunctions", "Erf", 0.3)]
    [InlineData("MathNet.Numerics.SpecialFunctions", "BesselI0", 2.25)]
    [InlineData("MathNet.Numerics.Euclid", "GreatestCommonDivisor", 84L, 36L)]
    [InlineData("MathNet.Numerics.SpecialFunctions", "Factorial", 17)]
    [InlineData("MathNet.Numerics.SpecialFunctions", "Factorial", -1)]
    [InlineData("MathNet.Numerics.Distributions.Normal", "CDF", 0.0, 1.0, 1.5)]
    [InlineData("MathNet.Numerics.Distributions.Normal", "CDF", 0.0, -1.0, 1.5)]
    public void A_function_gives_its_answer(string type, string function, params object[] arguments) =>
        Assert.Equal(Call(Original, type, function, arguments), Call(Emitted, type, function, arguments));

    private static string Call(Assembly assembly, string type, string function, object[] arguments)
    {
        try
        {
            return assembly.GetType(type, throwOnError: true)!.InvokeMember(
                function, BindingFlags.InvokeMethod | BindingFlags.Static | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, null, arguments)!.ToString()!;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static Assembly EmitAgain()
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(CSharpCompiler.ReferencePackDirectory);
        using var module = ModuleDefinition.ReadModule(Original.Location, new ReaderParameters { AssemblyResolver = resolver });
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            var function = Lifter.Lift(method);
            SlotPromotion.Run(function);
            BodyEmitter.Emit(function, method);
        }

        using var image = new MemoryStream();
        module.Write(image);
        image.Position = 0;
        return new AssemblyLoadContext(nameof(LibraryEmissionTests)).LoadFromStream(image);
    }
}
