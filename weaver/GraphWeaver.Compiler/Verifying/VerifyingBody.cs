using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>
/// Writes the sibling that a verifiable method calls in Verify mode:
/// <code>
/// try
/// {
///     call = new VerifiedCall(...); keep every place;
///     try { result = original(arguments); } catch (Exception e) { call.OriginalFailed(e); }
///     note the result; note every place; restore every place; call.EnterWoven();
///     try { result = method(arguments); } catch (Exception e) { call.WovenFailed(e); }
///     call.CompareFailures(); compare the result; compare every place; call.Rethrow();
/// }
/// finally { VerifiedCall.End(); }
/// return result;
/// </code>
/// Everything is noted before anything is restored: places may share memory.
/// </summary>
internal sealed class VerifyingBody
{
    private readonly MethodDefinition method;
    private readonly MethodDefinition original;
    private readonly MethodDefinition sibling;
    private readonly VerificationPlan plan;
    private readonly VerificationMembers members;
    private readonly ILProcessor il;
    private readonly VariableDefinition call;
    private readonly VariableDefinition? result;

    private VerifyingBody(MethodDefinition method, MethodDefinition original, MethodDefinition sibling, VerificationPlan plan)
    {
        (this.method, this.original, this.sibling, this.plan) = (method, original, sibling, plan);
        members = new VerificationMembers(method.Module);
        sibling.Body = new MethodBody(sibling) { InitLocals = true };
        il = sibling.Body.GetILProcessor();
        call = Local(members.Call);
        result = StackTypes.IsVoid(method.ReturnType) ? null : Local(method.ReturnType);
    }

    /// <summary>Gives <paramref name="sibling"/>, declared like <paramref name="method"/> itself, its body.</summary>
    public static void Write(MethodDefinition method, MethodDefinition original, MethodDefinition sibling, VerificationPlan plan) =>
        new VerifyingBody(method, original, sibling, plan).Write();

    private void Write()
    {
        var start = Mark();
        Begin();
        var kept = plan.Places.Select(Keep).ToList();
        Attempt(original, "OriginalFailed");
        var returned = result is null ? null : Local(members.Returned(method.ReturnType));
        if (returned is not null)
        {
            il.Emit(OpCodes.Ldloc, call);
            EmitShape(plan.Result!);
            il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Newobj, members.NewReturned(method.ReturnType));
            il.Emit(OpCodes.Stloc, returned);
        }

        ForEach("Note");
        for (var i = 0; i < kept.Count; i++)
        {
            Restore(plan.Places[i], kept[i]);
        }

        OnCall("EnterWoven");
        Attempt(method, "WovenFailed");
        OnCall("CompareFailures");
        if (returned is not null)
        {
            il.Emit(OpCodes.Ldloc, returned);
            il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Callvirt, members.CompareReturned(method.ReturnType));
        }

        ForEach("Compare");
        OnCall("Rethrow");
        var leave = il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Leave, leave);
        var last = Mark();
        il.Emit(OpCodes.Call, members.End);
        il.Emit(OpCodes.Endfinally);
        il.Append(leave);
        if (result is not null)
        {
            il.Emit(OpCodes.Ldloc, result);
        }

        il.Emit(OpCodes.Ret);
        sibling.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = start, TryEnd = last, HandlerStart = last, HandlerEnd = leave });

        void ForEach(string member)
        {
            for (var i = 0; i < kept.Count; i++)
            {
                il.Emit(OpCodes.Ldloc, kept[i]);
                LoadValue(plan.Places[i]);
                il.Emit(OpCodes.Callvirt, members.WithValue(plan.Places[i], member));
            }
        }
    }

    private void Begin()
    {
        il.Emit(OpCodes.Ldstr, MethodNames.Qualified(method));
        il.Emit(OpCodes.Ldc_R8, plan.Tolerance.Ulps);
        il.Emit(OpCodes.Ldc_I4, plan.Tolerance.Reductions);
        il.Emit(plan.Tolerance.IsSingle ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Newobj, members.NewCall);
        il.Emit(OpCodes.Stloc, call);
    }

    private VariableDefinition Keep(KeptPlace place)
    {
        var local = Local(members.Kept(place));
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldstr, place.Name);
        if (place.Shape is not null)
        {
            EmitShape(place.Shape);
        }

        LoadValue(place);
        il.Emit(OpCodes.Newobj, members.NewKept(place));
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private void Restore(KeptPlace place, VariableDefinition kept)
    {
        il.Emit(OpCodes.Ldloc, kept);
        if (place.Shape is null)
        {
            LoadValue(place);
            il.Emit(OpCodes.Callvirt, members.WithValue(place, "Restore"));
        }
        else if (place.IsAssigned)
        {
            LoadAddress(place);
            il.Emit(OpCodes.Callvirt, members.RestoreTo(place));
        }
        else
        {
            il.Emit(OpCodes.Callvirt, members.Restore(place));
        }
    }

    /// <summary>Calls one of the bodies; what it throws is noted.</summary>
    private void Attempt(MethodDefinition body, string failed)
    {
        var exception = Local(members.Exception);
        var start = Mark();
        if (method.HasThis)
        {
            il.Emit(OpCodes.Ldarg_0);
        }

        foreach (var parameter in sibling.Parameters)
        {
            il.Emit(OpCodes.Ldarg, parameter);
        }

        il.Emit(OpCodes.Call, body);
        if (result is not null)
        {
            il.Emit(OpCodes.Stloc, result);
        }

        var end = il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Leave, end);
        var handler = il.Create(OpCodes.Stloc, exception);
        il.Append(handler);
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldloc, exception);
        il.Emit(OpCodes.Callvirt, members.OnCall(failed, members.Exception));
        il.Emit(OpCodes.Leave, end);
        il.Append(end);
        sibling.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = start, TryEnd = handler, HandlerStart = handler, HandlerEnd = end, CatchType = members.Exception,
        });
    }

    private void OnCall(string member)
    {
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Callvirt, members.OnCall(member));
    }

    private void EmitShape(ValueShape shape)
    {
        foreach (var part in shape.Parts)
        {
            EmitShape(part);
        }

        il.Emit(OpCodes.Call, members.Factory(shape));
    }

    private void LoadValue(KeptPlace place)
    {
        if (place.Field is not null)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, place.Field);
            return;
        }

        il.Emit(OpCodes.Ldarg, ParameterOf(place));
        if (!StackTypes.Same(ParameterOf(place).ParameterType, place.Type))
        {
            il.Emit(OpCodes.Ldobj, place.Type);
        }
    }

    private void LoadAddress(KeptPlace place)
    {
        if (place.Field is not null)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldflda, place.Field);
        }
        else
        {
            il.Emit(OpCodes.Ldarg, ParameterOf(place));
        }
    }

    private ParameterDefinition ParameterOf(KeptPlace place) => sibling.Parameters[place.Parameter!.Index];

    private IlInstruction Mark()
    {
        var mark = il.Create(OpCodes.Nop);
        il.Append(mark);
        return mark;
    }

    private VariableDefinition Local(TypeReference type)
    {
        var local = new VariableDefinition(type);
        sibling.Body.Variables.Add(local);
        return local;
    }
}
