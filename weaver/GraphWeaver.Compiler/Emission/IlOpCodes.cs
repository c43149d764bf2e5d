using System.Reflection;
using Mono.Cecil.Cil;
using OpCode = Mono.Cecil.Cil.OpCode;
using OpCodes = Mono.Cecil.Cil.OpCodes;

namespace GraphWeaver.Compiler.Emission;

/// <summary>Cecil's operation for a code.</summary>
internal static class IlOpCodes
{
    private static readonly Dictionary<Code, OpCode> ByCode = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => opCode.Code);

    public static OpCode Of(Code code) => ByCode[code];
}
