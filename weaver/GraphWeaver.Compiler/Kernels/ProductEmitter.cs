using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits what a kernel's method does for the products among its inputs. The shape of a product is the kernel's. A product is put into the memory of
/// an output of its type, or into a tensor of the pool where there is none, and written over or given back. The last product is not made for
/// itself: the kernel runs over each of its blocks as it is finished. All others are complete before.
/// </summary>
internal sealed class ProductEmitter
{
    private readonly KernelGraph graph;
    private readonly KernelTypeEmitter kernel;
    private readonly KernelMembers members;
    private readonly StageCode code;
    private readonly int[] products;
    private readonly Dictionary<int, (ParameterDefinition Left, ParameterDefinition Right)> matrices = [];
    private readonly Dictionary<int, VariableDefinition> tensors = [];

    public ProductEmitter(KernelGraph graph, KernelTypeEmitter kernel, KernelMembers members, StageCode code)
    {
        this.graph = graph;
        this.kernel = kernel;
        this.members = members;
        this.code = code;
        products = graph.Products.ToArray();
    }

    public bool IsEmpty => products.Length == 0;

    /// <summary>Takes the parameters of a product.</summary>
    public void Add(int product, ParameterDefinition left, ParameterDefinition right) => matrices.Add(product, (left, right));

    /// <summary>
    /// Goes on where all matrices can be multiplied and the products have one shape, and stores that and the number of elements; else to
    /// <paramref name="otherwise"/>.
    /// </summary>
    public void EmitGuard(VariableDefinition shape, VariableDefinition length, Instruction otherwise)
    {
        VariableDefinition layout = code.Local(members.Layout);
        LoadMatrices(products[0]).LoadAddress(layout).Call(members.TryGetProductLayout(Element(products[0]))).Branch(OpCodes.Brfalse, otherwise);
        code.LoadAddress(layout).Call(members.ProductShape).Store(shape).LoadAddress(layout).Call(members.ProductLength).Store(length);
        foreach (int product in products.Skip(1))
        {
            LoadMatrices(product).Load(shape).Call(members.HasProductShape(Element(product))).Branch(OpCodes.Brfalse, otherwise);
        }
    }

    /// <summary>Stores the layout of each product; goes to <paramref name="giveUp"/> where its matrices cannot be multiplied.</summary>
    public void EmitLayouts(IReadOnlyDictionary<int, VariableDefinition> layouts, Instruction giveUp)
    {
        foreach (int product in products)
        {
            LoadMatrices(product).LoadAddress(layouts[product]).Call(members.TryGetProductLayout(Element(product))).Branch(OpCodes.Brfalse, giveUp);
        }
    }

    /// <summary>Goes on where no matrix has memory of a destination: all of a matrix is read again and again while that is written.</summary>
    public void EmitApart(KernelDestination destination, IKernelGuard guard, VariableDefinition state, Instruction giveUp)
    {
        foreach (int product in products)
        {
            foreach (ParameterDefinition matrix in new[] { matrices[product].Left, matrices[product].Right })
            {
                code.Load(matrix).LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[destination.Input]);
                guard.EmitExtent(destination.Input);
                code.Call(members.IsApart(Element(product), Element(destination.Input))).Branch(OpCodes.Brfalse, giveUp);
            }
        }
    }

    /// <summary>Gives every product its tensor.</summary>
    public void EmitMemory(VariableDefinition state, IKernelGuard guard, IReadOnlyList<VariableDefinition?> results)
    {
        foreach (int product in products)
        {
            if (graph.PlaceOf(product) is { } output)
            {
                tensors[product] = results[output]!;
            }
            else
            {
                tensors[product] = code.Local(members.References.Tensor(Element(product)));
                guard.EmitShape();
                code.Call(members.Rent(Element(product))).Store(tensors[product]);
            }

            code.LoadAddress(state).Load(tensors[product]).Call(members.Data(Element(product), InputKind.Tensor)).On(OpCodes.Stfld, kernel.Inputs[product]);
        }
    }

    /// <summary>Computes the products, and runs the kernel with the last; goes to <paramref name="giveUp"/> where the kernel gave up.</summary>
    public void EmitRun(VariableDefinition state, Instruction giveUp)
    {
        foreach (int product in products.Take(products.Length - 1))
        {
            LoadMatrices(product).Load(tensors[product]).Call(members.Multiply(Element(product)));
        }

        int last = products[products.Length - 1];
        LoadMatrices(last).Load(tensors[last]).LoadAddress(state).Number(graph.Cost);
        code.Call(members.RunProduct(Element(last), kernel.Type));
        foreach (int product in products.Where(product => graph.PlaceOf(product) is null))
        {
            code.Load(tensors[product]).Call(members.Return(Element(product)));
        }

        code.Branch(OpCodes.Brfalse, giveUp);
    }

    private TypeReference Element(int product) => members.References.Element(graph.Inputs[product].Type);

    private StageCode LoadMatrices(int product) => code.Load(matrices[product].Left).Load(matrices[product].Right);
}
