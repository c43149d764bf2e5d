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
/// into fused ones, which eager never does; and <see cref="Fused"/> is one instruction.
/// </summary>
internal static class DeviceIntrinsics
{
    /// <summary>Registers everything with a context to be.</summary>
    public static Context.Builder Register(Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        Fuse(manager, nameof(Fused.Single), nameof(FuseSingleForCuda));
        Fuse(manager, nameof(Fused.Double), nameof(FuseDoubleForCuda));
        Round(manager, nameof(Rounded.AddSingle), nameof(AddForOpenCL), nameof(AddSingleForCuda));
        Round(manager, nameof(Rounded.SubtractSingle), nameof(SubtractForOpenCL), nameof(SubtractSingleForCuda));
        Round(manager, nameof(Rounded.MultiplySingle), nameof(MultiplyForOpenCL), nameof(MultiplySingleForCuda));
        Round(manager, nameof(Rounded.AddDouble), nameof(AddForOpenCL), nameof(AddDoubleForCuda));
        Round(manager, nameof(Rounded.SubtractDouble), nameof(SubtractForOpenCL), nameof(SubtractDoubleForCuda));
        Round(manager, nameof(Rounded.MultiplyDouble), nameof(MultiplyForOpenCL), nameof(MultiplyDoubleForCuda));
        foreach (BinaryArithmeticKind kind in new[] { BinaryArithmeticKind.Add, BinaryArithmeticKind.Sub, BinaryArithmeticKind.Mul })
        {
            foreach (BasicValueType type in new[] { BasicValueType.Float32, BasicValueType.Float64 })
            {
                manager.RegisterBinaryArithmetic(kind, type, new PTXIntrinsic(typeof(DeviceIntrinsics), nameof(RoundForCuda), IntrinsicImplementationMode.GenerateCode));
            }
        }

        return builder;
    }

    private static void Round(IntrinsicImplementationManager manager, string name, string forOpenCL, string forCuda)
    {
        MethodInfo method = typeof(Rounded).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        manager.RegisterMethod(method, new CLIntrinsic(typeof(DeviceIntrinsics), forOpenCL, IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(DeviceIntrinsics), forCuda, IntrinsicImplementationMode.GenerateCode));
    }

    private static void AddForOpenCL(CLBackend backend, CLCodeGenerator generator, Value value) => RoundForOpenCL(generator, value, " + ");

    private static void SubtractForOpenCL(CLBackend backend, CLCodeGenerator generator, Value value) => RoundForOpenCL(generator, value, " - ");

    private static void MultiplyForOpenCL(CLBackend backend, CLCodeGenerator generator, Value value) => RoundForOpenCL(generator, value, " * ");

    private static void AddSingleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "add.rn.f32");

    private static void SubtractSingleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "sub.rn.f32");

    private static void MultiplySingleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "mul.rn.f32");

    private static void AddDoubleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "add.rn.f64");

    private static void SubtractDoubleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "sub.rn.f64");

    private static void MultiplyDoubleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "mul.rn.f64");

    private static void RoundForOpenCL(CLCodeGenerator generator, Value value, string operation)
    {
        // A statement of its own: OpenCL fuses within one expression only.
        var call = (MethodCall)value;
        var left = generator.Load(call[0]);
        var right = generator.Load(call[1]);
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.Append(left);
        statement.AppendCommand(operation);
        statement.Append(right);
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

    private static void FuseSingleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "fma.rn.f32");

    private static void FuseDoubleForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value) => CallForCuda(generator, value, "fma.rn.f64");

    private static void CallForCuda(PTXCodeGenerator generator, Value value, string instruction)
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

    private static void RoundForCuda(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var operation = (BinaryArithmeticValue)value;
        var left = generator.LoadPrimitive(operation.Left);
        var right = generator.LoadPrimitive(operation.Right);
        var target = generator.AllocateHardware(value);
        string name = operation.Kind switch { BinaryArithmeticKind.Add => "add", BinaryArithmeticKind.Sub => "sub", _ => "mul" };
        using var command = generator.BeginCommand(name + (operation.BasicValueType == BasicValueType.Float32 ? ".rn.f32" : ".rn.f64"));
        command.AppendArgument(target);
        command.AppendArgument(left);
        command.AppendArgument(right);
    }
}
