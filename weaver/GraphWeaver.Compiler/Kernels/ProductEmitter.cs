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
    private readonly Dictionary<int, IReadOnlyList<ParameterDefinition>> arguments = [];
    private readonly Dictionary<int, VariableDefinition> values = [];
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
    public void Add(int product, IReadOnlyList<ParameterDefinition> parameters) => arguments.Add(product, parameters);

    /// <summary>Pushes what the call of a product was given.</summary>
    public void EmitOperands(int product)
    {
        foreach (ParameterDefinition argument in arguments[product])
        {
            code.Load(argument);
        }
    }

    /// <summary>Makes each product a value that can be asked and computed.</summary>
    public void EmitArguments()
    {
        foreach (int product in products)
        {
            values[product] = code.Local(members.ProductType(graph.Inputs[product]));
            Load(product);
            EmitOperands(product);
            code.Call(members.MakeProduct(graph.Inputs[product]));
        }
    }

    /// <summary>
    /// Goes on where every call can be made and the products have one shape, and stores that and the number of elements; else to
    /// <paramref name="otherwise"/>.
    /// </summary>
    public void EmitGuard(VariableDefinition shape, VariableDefinition length, Instruction otherwise)
    {
        VariableDefinition layout = code.Local(members.Layout);
        Load(products[0]).LoadAddress(layout).Call(members.TryGetProductLayout(graph.Inputs[products[0]])).Branch(OpCodes.Brfalse, otherwise);
        code.LoadAddress(layout).Call(members.ProductShape).Store(shape).LoadAddress(layout).Call(members.ProductLength).Store(length);
        foreach (int product in products.Skip(1))
        {
            Load(product).Load(shape).Call(members.HasProductShape(graph.Inputs[product])).Branch(OpCodes.Brfalse, otherwise);
        }
    }

    /// <summary>Stores the layout of each product; goes to <paramref name="giveUp"/> where its call cannot be made.</summary>
    public void EmitLayouts(IReadOnlyDictionary<int, VariableDefinition> layouts, Instruction giveUp)
    {
        foreach (int product in products)
        {
            Load(product).LoadAddress(layouts[product]).Call(members.TryGetProductLayout(graph.Inputs[product])).Branch(OpCodes.Brfalse, giveUp);
        }
    }

    /// <summary>Goes on where no operand of a product has memory of a destination: all of it is read again and again while that is written.</summary>
    public void EmitApart(KernelDestination destination, IKernelGuard guard, VariableDefinition state, Instruction giveUp)
    {
        foreach (int product in products)
        {
            Load(product).LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[destination.Input]);
            guard.EmitExtent(destination.Input);
            code.Call(members.IsApart(graph.Inputs[product], Element(destination.Input))).Branch(OpCodes.Brfalse, giveUp);
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
            Load(product).Load(tensors[product]).Call(members.ComputeProduct(graph.Inputs[product]));
        }

        int last = products[products.Length - 1];
        Load(last).Load(tensors[last]).LoadAddress(state).Number(graph.Cost);
        code.Call(members.RunProduct(graph.Inputs[last], kernel.Type));
        foreach (int product in products.Where(product => graph.PlaceOf(product) is null))
        {
            code.Load(tensors[product]).Call(members.Return(Element(product)));
        }

        code.Branch(OpCodes.Brfalse, giveUp);
    }

    private TypeReference Element(int product) => members.References.Element(graph.Inputs[product].Type);

    private StageCode Load(int product) => code.LoadAddress(values[product]);
}
