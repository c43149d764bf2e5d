using System.Reflection;
using global::ILGPU;
using global::ILGPU.Backends;
using global::ILGPU.Backends.EntryPoints;
using global::ILGPU.Backends.OpenCL;
using global::ILGPU.Backends.PTX;
using global::ILGPU.Runtime;
using global::ILGPU.Runtime.Cuda;
using global::ILGPU.Runtime.OpenCL;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Compiles kernels for one accelerator. The driver is asked first, without ILGPU, whether it takes the code: ILGPU tells a refusal to <see cref="System.Diagnostics.Trace"/>,
/// which is the program's, and asking costs little since drivers keep what they have compiled. A driver is asked again before its refusal is believed: the compiler in
/// PoCL's deletes its own temporary files when another thread of the program fails on a null reference meanwhile.
/// </summary>
internal sealed class KernelLoader(Accelerator accelerator)
{
    private const int Trials = 3;

    /// <summary>Compiles an entry point; one that begins with an index has a thread for each element, another says its groups itself.</summary>
    /// <exception cref="KernelRefusedException">The driver does not take the code; other kernels go on.</exception>
    /// <exception cref="Exception">ILGPU does not take the method, and nothing more of the accelerator's context.</exception>
    public TLauncher Load<TLauncher>(MethodInfo entry)
        where TLauncher : Delegate
    {
        bool isGrouped = entry.GetParameters()[0].ParameterType != typeof(Index1D);
        CompiledKernel compiled = accelerator.CompileKernel(isGrouped ? EntryPointDescription.FromExplicitlyGroupedKernel(entry) : EntryPointDescription.FromImplicitlyGroupedKernel(entry));
        Check(compiled);
        Kernel kernel = isGrouped ? accelerator.LoadKernel(compiled) : accelerator.LoadAutoGroupedKernel(compiled);
        return kernel.CreateLauncherDelegate<TLauncher>();
    }

    private void Check(CompiledKernel compiled)
    {
        string? refusal = null;
        for (int trial = 0; trial < Trials; trial++)
        {
            refusal = (accelerator, compiled) switch
            {
                (CLAccelerator device, CLCompiledKernel kernel) => Refusal(device, kernel),
                (CudaAccelerator device, PTXCompiledKernel kernel) => Refusal(device, kernel),
                _ => null,
            };
            if (refusal is null)
            {
                return;
            }
        }

        throw new KernelRefusedException(refusal!);
    }

    private static string? Refusal(CLAccelerator device, CLCompiledKernel kernel)
    {
        CLError error = CLKernel.LoadKernel(device, kernel.Name, kernel.Source, kernel.CVersion, out nint program, out nint function, out string? log);
        if (function != 0)
        {
            CLAPI.CurrentAPI.ReleaseKernel(function);
        }

        if (program != 0)
        {
            CLAPI.CurrentAPI.ReleaseProgram(program);
        }

        return error == CLError.CL_SUCCESS ? null : $"{error} {log}";
    }

    private static string? Refusal(CudaAccelerator device, PTXCompiledKernel kernel)
    {
        device.Bind();
        CudaError error = CudaAPI.CurrentAPI.LoadModule(out nint module, kernel.PTXAssembly, out string? log);
        if (error != CudaError.CUDA_SUCCESS)
        {
            return $"{error} {log}";
        }

        CudaAPI.CurrentAPI.DestroyModule(module);
        return null;
    }
}
