using System.Reflection;
using global::ILGPU;
using global::ILGPU.Backends.OpenCL;
using global::ILGPU.Backends.PTX;
using global::ILGPU.IR;
using global::ILGPU.IR.Intrinsics;
using global::ILGPU.IR.Values;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// What ILGPU is told about code generation. Sums and products for CUDA say that they are rounded, since the driver's compiler puts those that do not say so together
/// into fused ones, which eager never does; <see cref="Rounded"/> and <see cref="Fused"/> are one instruction each.
/// </summary>
internal static class DeviceIntrinsics
{
    /// <summary>Registers everything with a context to be.</summary>
    public static Context.Builder Register(Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        Fuse(manager, nameof(Fused.Single), nameof(FuseSingleForCuda));
        Fuse(manager, nameof(Fused.Double), nameof(FuseDoubleForCuda));
        foreach (MethodInfo method in typeof(Rounded).GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
        {
            manager.RegisterMethod(method, new CLIntrinsic(typeof(DeviceIntrinsics), nameof(RoundForOpenCL), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(method, new PTXIntrinsic(typeof(DeviceIntrinsics), nameof(RoundCallForCuda), IntrinsicImplementationMode.GenerateCode));
        }

        foreach (BinaryArithmeticKind kind in new[] { BinaryArithmeticKind.Add, BinaryArithmeticKind.Sub, BinaryArithmeticKind.Mul })
        {
            foreach (BasicValueType type in new[] { BasicValueType.Float32, BasicValueType.Float64 })
            {
                manager.RegisterBinaryArithmetic(kind, type, new PTXIntrinsic(typeof(DeviceIntrinsics), nameof(RoundForCuda), IntrinsicImplementationMode.GenerateCode));
            }
        }

        return builder;
    }

    private static void Fuse(IntrinsicImplementationManager manager, string name, string forCuda)
    {
        MethodInfo method = typeof(Fused).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        manager.RegisterMethod(method, new CLIntrinsic(typeof(DeviceIntrinsics), nameof(FuseForOpenCL), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(DeviceIntrinsics), forCuda, IntrinsicImplementationMode.GenerateCode));
    }

    private static void FuseForOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.AppendCommand("fma");
        statement.BeginArguments();
        foreach (ValueReference argument in call)
        {
            statement.AppendArgument(generator.Load(argument));
        }

        statement.EndArguments();
    }

    private static void FuseSingleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => FuseForCuda(generator, value, "fma.rn.f32");

    private static void FuseDoubleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => FuseForCuda(generator, value, "fma.rn.f64");

    private static void FuseForCuda(PTXCodeGenerator generator, Value value, string instruction)
    {
        var arguments = ((MethodCall)value).Nodes.ToArray().Select(argument => generator.LoadPrimitive(argument.Resolve())).ToArray();
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand(instruction);
        command.AppendArgument(target);
        foreach (var argument in arguments)
        {
            command.AppendArgument(argument);
        }
    }

    private static void RoundForOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var left = generator.Load(call[0]);
        var right = generator.Load(call[1]);
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.Append(left);
        statement.AppendCommand(Kind(call) switch { BinaryArithmeticKind.Add => " + ", BinaryArithmeticKind.Sub => " - ", _ => " * " });
        statement.Append(right);
    }

    private static void RoundCallForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        EmitRounded(generator, value, Kind(call), call[0], call[1]);
    }

    private static void RoundForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var operation = (BinaryArithmeticValue)value;
        EmitRounded(generator, value, operation.Kind, operation.Left, operation.Right);
    }

    private static void EmitRounded(PTXCodeGenerator generator, Value value, BinaryArithmeticKind kind, Value x, Value y)
    {
        var left = generator.LoadPrimitive(x);
        var right = generator.LoadPrimitive(y);
        var target = generator.AllocateHardware(value);
        string name = kind switch { BinaryArithmeticKind.Add => "add", BinaryArithmeticKind.Sub => "sub", _ => "mul" };
        using var command = generator.BeginCommand(name + (value.BasicValueType == BasicValueType.Float32 ? ".rn.f32" : ".rn.f64"));
        command.AppendArgument(target);
        command.AppendArgument(left);
        command.AppendArgument(right);
    }

    private static BinaryArithmeticKind Kind(MethodCall call) => call.Target.Source.Name switch
    {
        nameof(Rounded.AddSingle) or nameof(Rounded.AddDouble) => BinaryArithmeticKind.Add,
        nameof(Rounded.SubtractSingle) or nameof(Rounded.SubtractDouble) => BinaryArithmeticKind.Sub,
        _ => BinaryArithmeticKind.Mul,
    };
}
