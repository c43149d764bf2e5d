using System.Reflection;
using System.Text.RegularExpressions;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using GraphWeaver.ILGPU.Kernels.Functions;
using GraphWeaver.ILGPU.Kernels.Products;
using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Backends.EntryPoints;
using global::ILGPU.Backends.PTX;
using global::ILGPU.Runtime.CPU;
using global::ILGPU.Runtime.Cuda;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Every kernel emitted for the workloads, and for every operator alone, compiles to PTX for the architectures of the A100 and the H100, without a device; NVIDIA's
/// assembler takes it, where there is one.
/// </summary>
public sealed class CudaCodeTests
{
    public static TheoryData<string, int> Programs()
    {
        var data = new TheoryData<string, int>();
        foreach (string name in Workloads.Names)
        {
            data.Add(name, 80);
            data.Add(name, 90);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Kernels_compile(string program, int architecture)
    {
        CudaArchitecture target = architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90;
        CudaInstructionSet instructions = architecture == 80 ? CudaInstructionSet.ISA_70 : CudaInstructionSet.ISA_80;
        using Context context = Context.Create(builder => DeviceIntrinsics.Register(builder.DefaultCPU().EnableAlgorithms().Optimize(OptimizationLevel.O2)));
        using var backend = new PTXBackend(context, new CudaCapabilityContext(target), target, instructions, null);
        List<EntryPointDescription> kernels = EntryPoints(Workloads.Program(program).Woven);
        Assert.NotEmpty(kernels);
        foreach (EntryPointDescription kernel in kernels)
        {
            var compiled = (PTXCompiledKernel)backend.Compile(kernel, default);
            Assert.Contains(".entry", compiled.PTXAssembly);

            // A sum or product that is not said to be rounded may be fused by the driver; a call of what is not there fails in it.
            Assert.DoesNotMatch(new Regex(@"\b(add|sub|mul)\.f(32|64)"), compiled.PTXAssembly);
            Assert.DoesNotMatch(new Regex(@"\.approx"), compiled.PTXAssembly);
            Assert.Null(PtxAssembler.Objection(compiled.PTXAssembly, architecture));
        }
    }

    private static List<EntryPointDescription> EntryPoints(LoadedProgram program) =>
        [.. program.Assembly.GetType("<GraphWeaver>Kernels")!.GetNestedTypes(BindingFlags.NonPublic).Where(type => type.Name.EndsWith("OnDeviceKernel", StringComparison.Ordinal)).SelectMany(EntryPoints)];

    private static IEnumerable<EntryPointDescription> EntryPoints(Type kernel)
    {
        if (kernel.IsAssignableTo(typeof(IDeviceKernel)))
        {
            return [EntryPointDescription.FromImplicitlyGroupedKernel(typeof(DeviceKernels).GetMethod(nameof(DeviceKernels.Elements))!.MakeGenericMethod(kernel))];
        }

        Type? generic = kernel.GetInterfaces().SingleOrDefault(type => type.IsGenericType);
        if (generic is null)
        {
            string name = kernel.IsAssignableTo(typeof(IDeviceSpaceKernel)) ? nameof(DeviceKernels.Space) : nameof(DeviceKernels.Rows);
            return Forms(typeof(DeviceKernels).GetMethod(name)!, rows => [kernel, rows], typeof(PlaneRows), typeof(SpaceRows));
        }

        Type element = generic.GetGenericArguments()[0];
        return generic.GetGenericTypeDefinition() == typeof(IDeviceReduction<>)
            ? Forms(typeof(DeviceReductions).GetMethod(nameof(DeviceReductions.Blocks))!, state => [state, kernel], element)
            : Forms(
                typeof(DeviceProducts).GetMethod(nameof(DeviceProducts.Tiles))!,
                tile => [element, element == typeof(float) ? typeof(SingleArithmetic) : typeof(DoubleArithmetic), tile, kernel],
                typeof(LowTile), typeof(MiddleTile), typeof(LargeTile));
    }

    private static IEnumerable<EntryPointDescription> Forms(MethodInfo method, Func<Type, Type[]> arguments, params Type[] forms) =>
        forms.Select(form => EntryPointDescription.FromExplicitlyGroupedKernel(method.MakeGenericMethod(arguments(form))));
}
