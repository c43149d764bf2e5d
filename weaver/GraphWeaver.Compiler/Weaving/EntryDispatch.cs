using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Puts the mode switch in front of a woven function: <c>if (!WovenEntry.RunsWoven(n)) return original(arguments);</c>, and where it can be verified
/// <c>if (WovenEntry.Verifies(n)) return verifying(arguments);</c> before that return.
/// </summary>
internal static class EntryDispatch
{
    public static void Add(Function function, MethodDefinition original, MethodDefinition? verifying, MethodDefinition method)
    {
        var woven = function.Entry;
        var other = Calling(original);
        function.Blocks.Add(other);
        if (verifying is not null)
        {
            var verified = Calling(verifying);
            other = Asking("Verifies", verified, other);
            function.Blocks.AddRange([other, verified]);
        }

        function.Blocks.Insert(0, Asking(verifying is null ? "RunsWovenUnverified" : "RunsWoven", woven, other, Code.Brfalse));

        // All of it stands in front of the user's code, so that no line of the user's seems to reach into it.
        BasicBlock Asking(string question, BasicBlock yes, BasicBlock no, Code branch = Code.Brtrue)
        {
            var module = function.Module;
            var test = new Instruction(Code.Call, Entry(module, question), module.TypeSystem.Boolean, [new Constant(TensorLibraryVersion(module), module.TypeSystem.Int32)]);
            var block = new BasicBlock { Terminator = new Terminator(branch, [test], branch == Code.Brtrue ? [yes, no] : [no, yes]) };
            block.Instructions.Add(test);
            return block;
        }

        BasicBlock Calling(MethodDefinition body)
        {
            var hasResult = !StackTypes.IsVoid(function.Method.ReturnType);
            var call = new Instruction(Code.Call, SelfReference(body, method.DeclaringType), hasResult ? function.Method.ReturnType : null, function.Arguments);
            var block = new BasicBlock { Terminator = new Terminator(Code.Ret, hasResult ? [call] : [], []) };
            block.Instructions.Add(call);
            return block;
        }
    }

    /// <summary>The major version of the tensor library the module references; 0 when it references none.</summary>
    public static int TensorLibraryVersion(ModuleDefinition module) =>
        module.AssemblyReferences.FirstOrDefault(reference => reference.Name == "System.Numerics.Tensors")?.Version.Major ?? 0;

    private static MethodReference Entry(ModuleDefinition module, string question)
    {
        var runtime = module.AssemblyReferences.First(reference => reference.Name == "GraphWeaver");
        var entry = new TypeReference("GraphWeaver.Kernels", "WovenEntry", module, runtime);
        var method = new MethodReference(question, module.TypeSystem.Boolean, entry);
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        return method;
    }

    /// <summary>The method as its own type sees it: closed over that type's and its own generic parameters.</summary>
    private static MethodReference SelfReference(MethodDefinition method, TypeDefinition declaringType)
    {
        MethodReference reference = method;
        if (declaringType.HasGenericParameters)
        {
            var type = new GenericInstanceType(declaringType);
            foreach (var parameter in declaringType.GenericParameters)
            {
                type.GenericArguments.Add(parameter);
            }

            reference = new MethodReference(method.Name, method.ReturnType, type) { HasThis = method.HasThis, ExplicitThis = method.ExplicitThis };
            foreach (var parameter in method.Parameters)
            {
                reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            }

            foreach (var parameter in method.GenericParameters)
            {
                reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
            }
        }

        if (!method.HasGenericParameters)
        {
            return reference;
        }

        var instance = new GenericInstanceMethod(reference);
        foreach (var parameter in method.GenericParameters)
        {
            instance.GenericArguments.Add(parameter);
        }

        return instance;
    }
}
